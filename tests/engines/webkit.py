"""WebKit as GTK has it, driven over WebDriver in a display that nobody sees."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Keys, WebKitGTK
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from engines.engine import SIZE, Engine, Fault, path

_KEYS = {"ArrowDown": Keys.ARROW_DOWN, "Enter": Keys.ENTER}


class WebKit(Engine):
    """A page of WebKit's small browser."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is loaded."""
        self.driver.get(address)

    def run(self, script: str, *arguments: Any) -> Any:
        """What the body of a function returns, run in the page."""
        try:
            return self.driver.execute_script(script, *arguments)
        except WebDriverException as error:
            raise Fault(str(error)) from None

    def click(self, x: float, y: float) -> None:
        """Click with the mouse at a place of the window."""
        actions = ActionBuilder(self.driver)
        actions.pointer_action.move_to_location(round(x), round(y)).click()
        actions.perform()

    def write(self, text: str) -> None:
        """Type a text by keys."""
        ActionChains(self.driver).send_keys(text).perform()

    def press(self, key: str) -> None:
        """Press a key that has a name."""
        ActionChains(self.driver).send_keys(_KEYS[key]).perform()


@contextmanager
def webkit(home: Path) -> Iterator[Engine]:
    """A running WebKit, with a folder for what it keeps."""
    executable = path("WebKitWebDriver", "webkit2gtk-driver", "WebKit")
    with _display() as display:
        service = Service(
            executable_path=executable,
            service_args=["--host=127.0.0.1"],
            env={**os.environ, "HOME": str(home), "DISPLAY": display},
        )
        driver = WebKitGTK(options=Options(), service=service)
        try:
            driver.set_window_size(*SIZE)
            yield WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def _display() -> Iterator[str]:
    """The name of a display of our own, which Xvfb itself chooses."""
    executable = path("Xvfb", "xvfb", "WebKit")
    reading, writing = os.pipe()
    screen = "{}x{}x24".format(*SIZE)
    command = [executable, "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp"]
    with (
        os.fdopen(reading) as named,
        subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process,
    ):
        os.close(writing)
        try:
            number = named.readline().strip()
            assert number, "Xvfb has found no display"
            yield f":{number}"
        finally:
            process.terminate()
