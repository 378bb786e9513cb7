"""A headless Chromium, driven through chromedriver by the WebDriver protocol (https://www.w3.org/TR/webdriver2/)."""
import base64
import json
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


class Browser:
    """with Browser() as browser: browser.open(path); browser.run("return document.title")"""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="sojourn-chromium-")
        self.driver = subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            if "started successfully on port" in line:
                self.address = "http://127.0.0.1:" + line.split("on port")[1].strip(" .\n")
                break
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--force-device-scale-factor=1", f"--user-data-dir={self.profile}"]
        options = {"binary": CHROMIUM, "args": arguments, "perfLoggingPrefs": {"enableNetwork": True}}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.session = None
        self.session = self.send("/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self.send("", method="DELETE")
        finally:
            self.driver.terminate()
            self.driver.wait(20)
            self.driver.stdout.close()
            shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, path, body=None, method="POST"):
        prefix = f"/session/{self.session}" if self.session else ""
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.address + prefix + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()[:2000]) from None

    def devtools(self, command, **parameters):
        return self.send("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def look(self, width=1280, height=900, dark=False):
        """The window's size and what the system prefers."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, path):
        self.send("/url", {"url": f"file://{path}"})

    def settle(self):
        """Waits until what is near the screen is drawn."""
        return self.send("/execute/async", {"args": [], "script": """
            const done = arguments[0];
            const drawn = () => [...document.querySelectorAll('.drawing')].every((one) => one.querySelector('svg') !== null);
            const wait = (left) => (drawn() || left === 0 ? done(drawn()) : setTimeout(wait, 50, left - 1));
            wait(200);"""})

    def run(self, script, *arguments):
        return self.send("/execute/sync", {"script": script, "args": list(arguments)})

    def key(self, text):
        """Typed to what has the focus."""
        press = [{"type": kind, "value": text} for kind in ("keyDown", "keyUp")]
        self.send("/actions", {"actions": [{"type": "key", "id": "keys", "actions": press}]})

    def log(self, kind):
        return self.send("/se/log", {"type": kind})

    def complaints(self):
        """What the page wrote to the console since the last call."""
        return [f"{entry['level']}: {entry['message']}" for entry in self.log("browser")]

    def requests(self):
        """Every address that was asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]

    def screenshot(self, path, width, height):
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        made = self.devtools("Page.captureScreenshot", format="png", clip=clip)
        path.write_bytes(base64.b64decode(made["data"]))


def print_page(page, path):
    """As a user prints it, in a process of its own: the driver gives up after ten seconds, which a busy machine needs."""
    with tempfile.TemporaryDirectory(prefix="sojourn-chromium-") as profile:
        subprocess.run([CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer",
                        f"--user-data-dir={profile}", f"--print-to-pdf={path}", f"file://{page}"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
