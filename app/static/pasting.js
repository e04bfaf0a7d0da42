// What is pasted from a word processor, as the marks that our texts know:
// headings, lists, bold and links. All else is plain text.
const SKIPPED = /^(style|script|title|xml|o:.*|meta|link)$/i;
const BLOCK = /^(p|div|h[1-6]|ul|ol|li|table|tr|blockquote|section|article|pre)$/i;

const level = (node) => {
  const heading = /^h([1-6])$/i.exec(node.localName);
  if (heading) return Number(heading[1]);
  const named = /^(?:MsoHeading|Heading|Rubrik)(\d)|^MsoTitle/i.exec(node.className);
  return named ? Number(named[1] ?? 1) : 0;
};
const styleOf = (node) => node.dataset.style ?? "";
const wordList = (node) => /mso-list:\s*\S*\s*level(\d)/i.exec(styleOf(node));
const isIgnored = (node) => /mso-list:\s*Ignore/i.test(styleOf(node));

function around(text, mark) {
  const [, before, core, after] = /^(\s*)(.*?)(\s*)$/s.exec(text);
  return core ? before + mark + core + mark + after : text;
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00a0]+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.test(node.nodeName) || isIgnored(node)) {
    return "";
  }
  if (node.localName === "br") return "\n";
  const text = [...node.childNodes].map(inline).join("");
  const href = node.getAttribute("href") ?? "";
  if (node.localName === "a" && /^(https?:\/\/|mailto:)[^()\s<>]+$/.test(href) && text.trim()) {
    return text.trim() === href ? href : `[${text.trim().replace(/[[\]]/g, "")}](${href})`;
  }
  const weight = /(?:^|[;\s])font-weight:\s*(\w+)/i.exec(styleOf(node))?.[1];
  const isBold = /^(b|strong)$/.test(node.localName) ? !/^(normal|400)$/.test(weight)
    : weight === "bold" || weight >= 600;
  const holdsBlocks = [...node.children].some((child) => BLOCK.test(child.localName));
  return isBold && !holdsBlocks ? around(text, "**") : text;
}

const tidy = (text) => text.replace(/\*\*\*\*/g, "").split("\n")
  .map((line) => line.replace(/ +/g, " ").trim()).join("\n").trim();

/** Fills `out` with [kind, text]: the blocks of `node` from above to below. */
function blocks(node, out, depth) {
  let loose = "";
  const flush = () => {
    if (tidy(loose)) out.push(["text", tidy(loose)]);
    loose = "";
  };
  for (const child of node.childNodes) {
    const isBlock = child.nodeType === Node.ELEMENT_NODE && (
      BLOCK.test(child.localName) || child.querySelector("p,div,h1,h2,h3,h4,h5,h6,ul,ol,table"));
    if (!isBlock || SKIPPED.test(child.nodeName)) {
      loose += inline(child);
      continue;
    }
    flush();
    block(child, out, depth);
  }
  flush();
}

function block(node, out, depth) {
  const listed = wordList(node);
  if (level(node)) {
    const text = tidy(inline(node)).replaceAll("**", "").replaceAll("\n", " ");
    if (text) out.push(["text", `${"#".repeat(level(node))} ${text}`]);
  } else if (listed) {
    const sign = [...node.querySelectorAll("[data-style]")].find(isIgnored)?.textContent.trim() ?? "";
    item(out, Number(listed[1]) - 1, /^\w{1,3}[.)]/.test(sign) ? sign : "-", tidy(inline(node)));
  } else if (/^[uo]l$/.test(node.localName)) {
    let number = Number(node.getAttribute("start") ?? 1);
    for (const child of node.children) {
      if (/^[uo]l$/.test(child.localName)) {
        block(child, out, depth + 1); // Word on the web puts a list straight into a list
        continue;
      }
      const inner = [];
      blocks(child, inner, depth + 1);
      const first = inner[0]?.[0] === "text" ? inner.shift()[1] : "";
      item(out, depth, node.localName === "ol" ? `${number++}.` : "-", first);
      out.push(...inner);
    }
  } else if (node.localName === "tr") {
    const cells = [...node.children].map((cell) => tidy(inline(cell)).replaceAll("\n", " "));
    if (cells.some(Boolean)) out.push(["item", cells.join(" | ")]);
  } else {
    blocks(node, out, depth);
  }
}

function item(out, depth, sign, text) {
  const mark = /^\d+[.)]/.exec(sign)?.[0] ?? "-";
  if (text) out.push(["item", `${"  ".repeat(depth)}${mark} ${text.replace(/\n+/g, " ")}`]);
}

/** Return the text of `html` with our marks. Nothing in `html` is run or fetched. */
export function marked(html) {
  const out = [];
  // our policy forbids styles in the page, and the browser would complain of each one
  const bare = html.replace(/<style.*?<\/style>/gis, "").replace(/(\s)style=/gi, "$1data-style=");
  blocks(new DOMParser().parseFromString(bare, "text/html").body, out, 0);
  return out.map(([kind, text], place) => {
    const glue = kind === "item" && out[place - 1]?.[0] === "item" ? "\n" : "\n\n";
    return (place ? glue : "") + text;
  }).join("");
}
