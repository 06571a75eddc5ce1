# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium driven through chromium-driver (WebDriver, spoken over loopback with http.client alone)."""
import base64
import http.client
import json
import os
import shutil
import socket
import subprocess
import time

DRIVERS, BROWSERS = ("chromedriver",), ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {"chromium": BROWSERS, "chromium-driver": DRIVERS, "poppler-utils": ("pdftotext",)}
# No sandbox: tests often run as root in a container. The rest keeps the browser from calling anybody.
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1")


def found(names):
    return next((path for path in map(shutil.which, names) if path), None)


def missing():
    """The Debian packages to install, as words; empty when all is there."""
    return " ".join(package for package, names in PACKAGES.items() if not found(names))


class Browser:
    """One browser with a new, empty profile in `folder`; a context manager."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        os.makedirs(self.folder, exist_ok=True)
        self.driver = subprocess.Popen([found(DRIVERS), f"--port={self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self._wait()
            options = {"binary": found(BROWSERS), "args": [*FLAGS, "--user-data-dir=" + os.path.join(self.folder, "profile")]}
            self.session = None
            self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})["sessionId"]
            self.of_session("/url", {"url": "about:blank"})
        except BaseException:
            self.close()
            raise

    def _wait(self):
        for _ in range(300):
            try:
                if self.call("GET", "/status")["ready"]:
                    return
            except OSError:
                if self.driver.poll() is not None:
                    break
            time.sleep(0.1)
        raise RuntimeError("chromedriver does not answer")

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise RuntimeError(f"{value['error']}: {value['message'].splitlines()[0]}")
        return value

    def of_session(self, path, body):
        return self.call("POST", f"/session/{self.session}{path}", body)

    def devtools(self, command, **parameters):
        return self.of_session("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, path, width, height=900):
        """Opens a file at a width in CSS pixels."""
        self.size(width, height)
        self.of_session("/url", {"url": "file://" + os.path.abspath(path)})

    def size(self, width, height=900, media=""):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.devtools("Emulation.setEmulatedMedia", media=media)

    def run(self, script, *arguments):
        """What a function body gives when it runs in the page."""
        return self.of_session("/execute/sync", {"script": script, "args": list(arguments)})

    def log(self, kind):
        """Entries since the last call: "browser" (the console), "performance" (the network)."""
        return self.of_session("/se/log", {"type": kind})

    def requests(self):
        """Addresses asked for since the last call."""
        messages = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def images(self):
        """The names of the images that a screen reader is told of."""
        nodes = self.devtools("Accessibility.getFullAXTree")["nodes"]
        return [n.get("name", {}).get("value", "") for n in nodes if n.get("role", {}).get("value") in ("image", "img")]

    def pdf(self):
        return base64.b64decode(self.devtools("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def close(self):
        try:
            if getattr(self, "session", None):
                self.call("DELETE", f"/session/{self.session}")
        finally:
            self.driver.terminate()
            self.driver.wait(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
