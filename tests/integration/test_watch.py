"""The watch that measures handlers and paints, in a process of its own: an application is of one kind."""

from __future__ import annotations

import json

from tests.benchmarks.harness import python

_SCRIPT = """
import json, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from tests.support.watch import WatchedApplication

application = WatchedApplication([])

def burn(ms):
    until = time.thread_time() + ms / 1000
    while time.thread_time() < until:
        pass

class Busy(QObject):
    def event(self, event):
        burn(30)
        return True

class Painted(QWidget):
    def paintEvent(self, event):
        burn(25)

class Sender(QObject):
    def event(self, event):
        burn(10)
        with application.aside():                   # a test's own time, but for what it sends
            burn(60)
            application.sendEvent(busy, QEvent(QEvent.Type.User))
        return True

busy, sender = Busy(), Sender()
application.stage = "handlers"
application.sendEvent(busy, QEvent(QEvent.Type.User))
application.stage = "aside"
application.sendEvent(sender, QEvent(QEvent.Type.User))
application.stage = "sleep"
QTimer.singleShot(0, lambda: time.sleep(0.05))
QTimer.singleShot(1, application.quit)
application.exec()
application.stage = "paint"
widget = Painted()
widget.show()
QTimer.singleShot(200, application.quit)
application.exec()
widget.hide()
print(json.dumps({
    kind: {stage: [one.what, one.cpu_ms] for stage, one in application.longest(is_paint=kind == "paints").items()}
    for kind in ("paints", "handlers")}))
"""


def test_handlers_and_paints_are_told_apart_and_measured_by_their_cpu_time() -> None:
    done = python("-c", _SCRIPT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    what, took = found["handlers"]["handlers"]
    assert what == "User to Busy" and took >= 29
    what, took = found["handlers"]["aside"]                     # what was sent aside, not who sent it
    assert what == "User to Busy" and took >= 29
    assert found["handlers"].get("sleep", ["", 0.0])[1] < 29    # waiting is not working
    what, took = found["paints"]["paint"]
    assert what.endswith(("to QWindow", "to Painted"))
    assert took >= 24
