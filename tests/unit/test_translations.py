import re

from tests.translations import translated, used

PLACEHOLDER = re.compile(r"%\((\w+)\)")


def _texts(translation):
    return [translation] if isinstance(translation, str) else list(translation)


def test_english_says_everything():
    missing = used().keys() - {
        text for text, files in translated().items()
        if all(all(_texts(t)) for t in files.values())
    }
    assert sorted(missing) == []


def test_english_says_nothing_that_nobody_says():
    assert sorted(translated().keys() - used().keys()) == []


def test_areas_agree():
    differing = [
        text for text, files in translated().items()
        if len({tuple(_texts(t)) for t in files.values()}) > 1
    ]
    assert differing == []


def test_placeholders_are_kept():
    for text, files in translated().items():
        for translation in files.values():
            for one in _texts(translation):
                assert set(PLACEHOLDER.findall(one)) <= set(PLACEHOLDER.findall(text)) | {"num"}
