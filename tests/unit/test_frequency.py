import multiprocessing
from datetime import UTC, datetime, timedelta

from app.http.frequency import Counter

NOW = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)


def counter(path):
    return Counter("secret", limit=3, seconds=60, path=path)


def test_the_limit_holds_until_the_window_is_over():
    one = Counter("secret", limit=3, seconds=60)
    for _ in range(3):
        assert one.wait("192.0.2.1", NOW) == 0
        one.count("192.0.2.1", NOW)

    assert one.wait("192.0.2.1", NOW) == 50
    assert one.wait("192.0.2.2", NOW) == 0
    assert one.wait("192.0.2.1", NOW + timedelta(seconds=50)) == 0


def _count_once(path):
    counter(path).count("192.0.2.1", NOW)


def test_processes_count_together(tmp_path):
    path = tmp_path / "lookup"
    mine = counter(path)
    others = [multiprocessing.Process(target=_count_once, args=(path,)) for _ in range(3)]
    for process in others:
        process.start()
    for process in others:
        process.join()

    assert mine.wait("192.0.2.1", NOW) == 50


def test_no_address_is_kept(tmp_path):
    path = tmp_path / "lookup"
    counter(path).count("192.0.2.1", NOW)

    assert b"192.0.2.1" not in path.read_bytes()
