"""The line of every key, in the shapes that TOML allows."""

import tomllib

from courses.catalog.toml_lines import index_lines

TEXT = '''\
id = "A"  # with = a comment
"quoted key" = 1
minutes = {reading = 9, talk = 0}
long = """
not = "a key"
[[nor.this]]
"""
items = [
    "a = b",
    "[[x]]",  # and "this ]"
]
after.items = 1

[owner]
name = "x"

[[rows]]
id = "r0"
options = [
    {text = "one"},
    {text = "two ]"},
]
right = "after the list"

[[rows.inner]]
id = "i0"

[[rows]]
id = "r1"

[[rows.inner]]
id = "i1"
[[rows.inner]]
id = "i2"
'''


def test_every_key_is_found_on_its_line():
    tomllib.loads(TEXT)
    lines = TEXT.split("\n")
    index = index_lines(TEXT)

    def at(*path):
        return lines[index[path] - 1].strip()

    assert at("id").startswith('id = "A"')
    assert at("quoted key") == '"quoted key" = 1'
    assert at("items") == "items = ["
    assert at("after", "items") == "after.items = 1"
    assert at("owner", "name") == 'name = "x"'
    assert at("rows", 0, "id") == 'id = "r0"'
    assert at("rows", 0, "options", 1) == '{text = "two ]"},'
    assert at("rows", 0, "right") == 'right = "after the list"'
    assert at("rows", 0, "inner", 0, "id") == 'id = "i0"'
    assert at("rows", 1, "id") == 'id = "r1"'
    assert at("rows", 1, "inner", 1, "id") == 'id = "i2"'


def test_what_only_looks_like_a_key_is_none():
    index = index_lines(TEXT)

    assert ("not",) not in index
    assert ("nor",) not in index
    assert ("a",) not in index
    assert ("x",) not in index
