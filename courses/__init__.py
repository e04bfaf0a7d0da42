"""The course engine: content, rules, records. It knows no web framework."""
