"""The checks of this folder, each tried on something it must find and something it must leave alone."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_rooms
import check_tree
import count_tests


def found(path, text):
    return [message for _, message, failing in check_tree.findings(path, text) if failing]


class CountTests(unittest.TestCase):
    def test_nextest(self):
        self.assertEqual(count_tests.count("     Summary [   0.027s] 24 tests run: 24 passed, 3 skipped\n"), (24, 0, 3))
        self.assertEqual(
            count_tests.count("     Summary [ 610.1s] 12/13 tests run: 9 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 0 skipped\n"),
            (9, 3, 0),
        )
        self.assertEqual(count_tests.count("\x1b[32;1m     Summary\x1b[0m [   0.1s] \x1b[1m1\x1b[0m test run: \x1b[1m1\x1b[0m passed, 0 skipped"), (1, 0, 0))

    def test_others(self):
        self.assertEqual(count_tests.count("test result: FAILED. 5 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n"), (5, 2, 1))
        self.assertEqual(count_tests.count("ℹ tests 9\nℹ pass 6\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\n"), (6, 2, 1))
        self.assertEqual(count_tests.count("# pass 3\n# fail 0\n"), (3, 0, 0))
        self.assertEqual(count_tests.count("check passed: formatting (2 s)\ncheck FAILED: clippy\n"), (1, 1, 0))
        self.assertEqual(count_tests.count("7 passed, 1 failed, 2 skipped\ncalendar: 4 passed, 0 failed\n"), (11, 1, 2))

    def test_words_in_passing_are_not_counted(self):
        self.assertEqual(count_tests.count("we saw 3 passed, 4 failed yesterday\nPASS [0.1s] a::b\n"), (0, 0, 0))

    def test_nothing_run_is_a_failure(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "empty.log"
            log.write_text("nothing\n")
            # Its lines would be counted again where this test itself runs.
            with contextlib.redirect_stdout(io.StringIO()) as said:
                self.assertEqual(count_tests.main([str(log)]), 1)
                log.write_text("1 passed, 0 failed\n")
                self.assertEqual(count_tests.main([str(log)]), 0)
            self.assertEqual(said.getvalue(), "0 passed, 0 failed\n1 passed, 0 failed\n")


class CheckTree(unittest.TestCase):
    def test_words(self):
        self.assertTrue(found("a/src/lib.rs", "// TO" + "DO later\n"))
        self.assertTrue(found("README.md", "see /wo" + "rk/tmp/x"))
        self.assertTrue(found("x.toml", "https://registry.npmjs" + ".org/x"))
        self.assertFalse(found("Cargo.lock", "https://registry.npmjs" + ".org/x"))
        self.assertFalse(found("README.md", "social/work/plan and ./work/plan"))

    def test_lock_file_without_addresses(self):
        self.assertTrue(found("e2e/package-lock.json", '"resolved": "https://x"'))
        self.assertFalse(found("e2e/package-lock.json", '"version": "1.0.0"'))

    def test_long_files(self):
        self.assertTrue(found("a/src/lib.rs", "\n" * 801))
        self.assertFalse(found("a/src/lib.rs", "\n" * 800))
        self.assertTrue(any(not failing for _, _, failing in check_tree.findings("a/src/lib.rs", "\n" * 501)))

    def test_clock_in_sql(self):
        self.assertTrue(found("a/src/store.rs", 'let sql = "insert into t values (now())";'))
        self.assertTrue(found("a/src/store.rs", 'q(r#"select "a" from t\nwhere at < CURRENT_TIMESTAMP"#)'))
        self.assertTrue(found("a/src/store.rs", "\"select datetime('now')\""))
        self.assertTrue(found("a/migrations/1.sql", "create table t (at int default (now()));"))
        self.assertFalse(found("a/migrations/1.sql", "-- never now()\ncreate table t (at int);"))
        self.assertFalse(found("a/src/store.rs", 'let at = clock.now(); tx.query("select 1 where at = $1", &[at]);'))
        self.assertFalse(found("a/src/store.rs", '// "select now()" is banned\n'))

    def test_templates(self):
        name = "features/x/templates/a.html"
        self.assertTrue(found(name, '<p style="color: red">'))
        self.assertTrue(found(name, "<script>alert(1)</script>"))
        self.assertTrue(found(name, '<button onclick="go()">'))
        self.assertTrue(found(name, '<p class="n-x ds-button">'))
        self.assertTrue(found(name, "<ds-suggestion>"))
        self.assertFalse(found(name, '<p class="n-adds-up" data-on="1"><a href="/x?once=1">x</a>'))
        self.assertFalse(found(name, '{# style="x" and <script> are banned #}'))
        self.assertFalse(found(name, '<script type="module" src="/assets/x.js"></script>'))
        self.assertFalse(found("foundation/web/templates/c.html", '<p class="ds-button">'))


class CheckRooms(unittest.TestCase):
    ROOMS = {
        "kernel": ("foundation/kernel", set()),
        "identity": ("features/identity", {"kernel"}),
        "intake": ("features/intake", {"kernel", "identity"}),
        "app": ("app", {"kernel", "identity", "intake"}),
    }
    TEXT = (
        "Direction: `kernel` `identity` `intake` `app`\n\n| feature | uses | why |\n| --- | --- | --- |\n"
        "| `identity` | | |\n| `intake` | `identity` | staff |\n\nafter\n"
    )

    def problems(self, rooms=None, text=None):
        return list(check_rooms.problems(rooms or self.ROOMS, text or self.TEXT))

    def test_agreement(self):
        self.assertEqual(self.problems(), [])

    def test_unwritten_and_stale(self):
        self.assertIn("identity uses intake", " ".join(self.problems({**self.ROOMS, "identity": ("features/identity", {"intake"})})))
        self.assertIn("manifest does not", " ".join(self.problems({**self.ROOMS, "intake": ("features/intake", set())})))
        self.assertIn("not in the table", " ".join(self.problems({**self.ROOMS, "chat": ("features/chat", set())})))

    def test_direction(self):
        self.assertIn("other way", " ".join(self.problems({**self.ROOMS, "kernel": ("foundation/kernel", {"identity"})})))
        self.assertIn("nothing may use", " ".join(self.problems({**self.ROOMS, "synth": ("synth", {"app"})})))

    def test_missing_text(self):
        self.assertEqual(len([p for p in self.problems(text="nothing") if "has no" in p]), 2)

    def test_dependencies_are_explained(self):
        manifest = {"workspace": {"dependencies": {"kernel": {"path": "x"}, "serde": "1", "csv": {"version": "1"}}}}
        self.assertEqual(list(check_rooms.unexplained(manifest, "| `serde` | a |\n| `csv` | b |\n")), [])
        self.assertEqual(len(list(check_rooms.unexplained(manifest, "| `serde` | a |\n| `chrono` | b |\n"))), 2)

    def test_real_manifests_are_read(self):
        rooms = check_rooms.rooms(check_rooms.ROOT)
        self.assertIn("identity", rooms["intake"][1])
        self.assertNotIn("serde", rooms["intake"][1])


if __name__ == "__main__":
    unittest.main()
