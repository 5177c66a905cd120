"""What only an index in a folder can suffer: a lock that is held, a process that is killed, a schema that is old."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import filelock
import pytest

from tests.contract.documents import document
from vigie.adapters.index.port import Question
from vigie.adapters.index.tantivy.engine import TantivyIndex
from vigie.errors import PermanentError, TransientError, UsageError

PUT_FOREVER = """
import sys
from pathlib import Path
from tests.contract.documents import document
from vigie.adapters.index.tantivy.engine import TantivyIndex
index = TantivyIndex(Path(sys.argv[1]))
for version in range(1, 1_000_000):
    index.put([document(f"a{n}", version=version, text="mot " * 500) for n in range(200)])
    print(version, flush=True)
"""


def test_a_lock_that_is_held_is_waited_for_and_then_named(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path, lock_timeout_s=0.3)
    index.set_up()
    with filelock.FileLock(tmp_path / "writer.lock"):
        with pytest.raises(TransientError, match=str(tmp_path)):
            index.put([document("a")])
        assert index.search(Question()).total == 0
        waiting = threading.Thread(target=TantivyIndex(tmp_path).put, args=([document("b")],))
        waiting.start()
        time.sleep(0.2)
    waiting.join(timeout=10)
    assert index.search(Question()).total == 1


def test_a_killed_writer_leaves_the_index_before_or_after(tmp_path: Path) -> None:
    for pause_s in (0.0, 0.011, 0.023, 0.041):
        writer = subprocess.Popen(
            [sys.executable, "-c", PUT_FOREVER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        said = int(writer.stdout.readline())
        time.sleep(pause_s)
        writer.kill()
        said = max([said, *(int(line) for line in writer.stdout.read().split())])
        writer.wait()
        index = TantivyIndex(tmp_path)
        versions = dict(index.versions())
        assert len(versions) == 200
        assert len(set(versions.values())) == 1
        assert versions["a0"] in (said, said + 1)
        assert index.search(Question(text="mot", size=0)).total == 200
        assert index.put([document("z", version=1)]) == ()
        index.clear()


def test_many_puts_keep_files_few(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    for n in range(40):
        index.put([document(f"a{n}")])
    assert index.search(Question()).total == 40
    assert len(list((tmp_path / "articles").iterdir())) < 150


def test_two_processes_write_in_turn(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).set_up()
    threads = [
        threading.Thread(
            target=lambda n=n: TantivyIndex(tmp_path).put([document(f"{n}-{m}") for m in range(20)])
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert TantivyIndex(tmp_path).search(Question()).total == 80


def test_another_schema_asks_for_a_rebuild_and_clear_is_the_way_out(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).put([document("a")])
    (tmp_path / "schema-version").write_text("0")
    old = TantivyIndex(tmp_path)
    for use in (lambda: old.search(Question()), lambda: old.put([document("b")]), old.set_up):
        with pytest.raises(UsageError, match="vigie rebuild-index"):
            use()
    old.clear()
    old.put([document("b")])
    assert dict(old.versions()) == {"b": 1}


def test_a_broken_index_is_named_and_clear_is_the_way_out(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).put([document("a")])
    (tmp_path / "articles/meta.json").write_text("{broken")
    broken = TantivyIndex(tmp_path)
    with pytest.raises(PermanentError, match="vigie rebuild-index"):
        broken.search(Question())
    broken.clear()
    assert broken.search(Question()).total == 0


def test_clear_in_one_process_is_seen_by_another(tmp_path: Path) -> None:
    reader = TantivyIndex(tmp_path)
    reader.put([document("a")])
    writer = TantivyIndex(tmp_path)
    writer.clear()
    writer.put([document("b"), document("c")])
    assert reader.search(Question()).total == 2
