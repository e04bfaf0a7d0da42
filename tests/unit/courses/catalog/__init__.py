from pathlib import Path

ROOT = Path(__file__).parents[4]
PROVKURS = ROOT / "tests" / "content" / "provkurs"
CONTENT = ROOT / "content"
