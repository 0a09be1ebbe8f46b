//! Headless Chromium, driven through chromedriver: the WebDriver protocol is JSON over HTTP. One chromedriver serves all
//! tests; each test has a browser of its own, with nothing kept from before. Nothing here sleeps for a fixed time:
//! whatever is wanted is asked for until it is there, or until a deadline.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long something may take to be there.
const PATIENCE: Duration = Duration::from_secs(20);
/// The name under which WebDriver gives elements (W3C WebDriver, "Elements").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How wide and high a phone is.
pub const PHONE: (u32, u32) = (360, 740);
/// How wide and high a desk's screen is.
pub const SCREEN: (u32, u32) = (1280, 900);

/// The keys that have no letter (W3C WebDriver, "Keyboard actions").
pub const TAB: char = '\u{E004}';
/// Enter.
pub const ENTER: char = '\u{E007}';
/// Escape.
pub const ESCAPE: char = '\u{E00C}';
/// Space.
pub const SPACE: char = ' ';

/// The program that serves all browsers.
struct Driver {
    origin: String,
    /// Ends it when this process is gone.
    _ender: Child,
}

/// A browser with one window.
#[derive(Debug)]
pub struct Browser {
    driver: &'static str,
    session: String,
}

/// Something on a page.
#[derive(Debug, Clone)]
pub struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

fn driver() -> Option<&'static str> {
    static SHARED: OnceLock<Option<Driver>> = OnceLock::new();
    let driver = SHARED.get_or_init(|| {
        let started = start();
        assert!(
            started.is_some() || std::env::var("CI").as_deref() != Ok("true"),
            "Chromium is not installed: run tests/setup.sh"
        );
        started
    });
    driver.as_ref().map(|driver| driver.origin.as_str())
}

/// A shell starts it and ends it with this process, however that ends.
fn start() -> Option<Driver> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if !std::env::split_paths(&path).any(|folder| folder.join("chromedriver").exists()) {
        return None;
    }
    // The trap comes second: what is ignored before would be ignored by the driver, too.
    let script = r#"chromedriver --port=0 & trap "" INT TERM HUP; read _; kill $!; wait"#;
    let mut ender = Command::new("/bin/sh")
        .args(["-c", script])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(ender.stdout.take().unwrap()).lines();
    // Its standard output stays open: a thread reads on.
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let _ = tell.send(port.trim_end_matches('.').to_owned());
            }
        }
    });
    let Ok(port) = told.recv_timeout(PATIENCE) else {
        drop(ender.stdin.take());
        let _ = ender.wait();
        panic!("chromedriver does not start");
    };
    Some(Driver {
        origin: format!("http://127.0.0.1:{port}"),
        _ender: ender,
    })
}

/// A request of the protocol; `Err` is its error and message.
fn ask(method: &str, address: &str, body: &Value) -> Result<Value, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let sent = match method {
        "GET" => agent.get(address).call(),
        "DELETE" => agent.delete(address).call(),
        _ => agent
            .post(address)
            .header("content-type", "application/json")
            .send(body.to_string()),
    };
    let mut response = sent.map_err(|why| why.to_string())?;
    let is_good = response.status().is_success();
    let text = response
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_to_string();
    let text = text.map_err(|why| why.to_string())?;
    let mut answer: Value = serde_json::from_str(&text).map_err(|why| why.to_string())?;
    let value = answer["value"].take();
    if is_good {
        Ok(value)
    } else {
        let (error, message) = (&value["error"], &value["message"]);
        Err(format!("{error} {message}"))
    }
}

impl Browser {
    /// A browser of that size; `None` where none is installed, which with `CI=true` is a failure.
    pub fn start(size: (u32, u32)) -> Option<Self> {
        let Some(driver) = driver() else {
            // Past the test's captured output.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED in the browser: Chromium is not installed (tests/setup.sh does that)"
            );
            return None;
        };
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-quic", "--disable-background-networking",
                "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--force-color-profile=srgb"],
        });
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let begun = ask("POST", &format!("{driver}/session"), &wanted).unwrap();
        let browser = Self {
            driver,
            session: begun["sessionId"].as_str().unwrap().to_owned(),
        };
        browser.resize(size);
        Some(browser)
    }

    /// A browser that runs no script of a page.
    pub fn without_scripts(size: (u32, u32)) -> Option<Self> {
        let browser = Self::start(size)?;
        browser.devtools(
            "Emulation.setScriptExecutionDisabled",
            &json!({"value": true}),
        );
        Some(browser)
    }

    fn try_post(&self, command: &str, body: &Value) -> Result<Value, String> {
        let address = format!("{}/session/{}/{command}", self.driver, self.session);
        ask("POST", &address, body)
    }

    #[track_caller]
    fn post(&self, command: &str, body: &Value) -> Value {
        let answer = self.try_post(command, body);
        answer.unwrap_or_else(|why| panic!("{command} {body}: {why}"))
    }

    #[track_caller]
    fn read(&self, command: &str) -> Value {
        let address = format!("{}/session/{}/{command}", self.driver, self.session);
        ask("GET", &address, &Value::Null).unwrap_or_else(|why| panic!("{command}: {why}"))
    }

    /// A command of the DevTools protocol.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post(
            "goog/cdp/execute",
            &json!({"cmd": command, "params": parameters}),
        )
    }

    /// How wide and high a page sees its window, whatever the window is.
    #[track_caller]
    pub fn resize(&self, (width, height): (u32, u32)) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
    }

    /// What the person prefers: `prefers-color-scheme` `dark`, `prefers-reduced-motion` `reduce` …; `print` shows the page as
    /// it is printed.
    #[track_caller]
    pub fn prefer(&self, features: &[(&str, &str)], print: bool) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        let media = if print { "print" } else { "" };
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({"features": features, "media": media}),
        );
    }

    /// Lets pages copy, and the test read what they copied.
    #[track_caller]
    pub fn let_copy(&self) {
        for name in ["clipboard-read", "clipboard-write"] {
            self.post(
                "permissions",
                &json!({"descriptor": {"name": name}, "state": "granted"}),
            );
        }
    }

    /// Cuts the browser off the network, or lets it back.
    #[track_caller]
    pub fn offline(&self, offline: bool) {
        self.devtools("Network.enable", &json!({}));
        self.devtools(
            "Network.emulateNetworkConditions",
            &json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
        );
    }

    /// Goes to an address and waits until it is there.
    #[track_caller]
    pub fn open(&self, address: &str) -> &Self {
        self.post("url", &json!({ "url": address }));
        self
    }

    /// The browser's way back.
    #[track_caller]
    pub fn back(&self) {
        self.post("back", &json!({}));
    }

    /// And forth.
    #[track_caller]
    pub fn forward(&self) {
        self.post("forward", &json!({}));
    }

    /// Loads the page anew.
    #[track_caller]
    pub fn reload(&self) {
        self.post("refresh", &json!({}));
    }

    /// The address.
    #[track_caller]
    pub fn address(&self) -> String {
        self.read("url").as_str().unwrap().to_owned()
    }

    /// The title.
    #[track_caller]
    pub fn title(&self) -> String {
        self.read("title").as_str().unwrap().to_owned()
    }

    /// The page as it stands, as HTML.
    #[track_caller]
    pub fn source(&self) -> String {
        self.read("source").as_str().unwrap().to_owned()
    }

    /// Opens another tab and goes to it; gives the one before, for [`Self::to_tab`].
    #[track_caller]
    pub fn new_tab(&self) -> String {
        let before = self.read("window").as_str().unwrap().to_owned();
        let new = self.post("window/new", &json!({"type": "tab"}));
        self.to_tab(new["handle"].as_str().unwrap());
        before
    }

    /// Goes to a tab.
    #[track_caller]
    pub fn to_tab(&self, tab: &str) {
        self.post("window", &json!({ "handle": tab }));
    }

    /// Looks into a frame of the page from here on.
    #[track_caller]
    pub fn enter_frame(&self, css: &str) {
        let frame = self.find(css);
        self.post("frame", &json!({"id": {ELEMENT: frame.id}}));
    }

    /// Back to the page itself.
    #[track_caller]
    pub fn leave_frames(&self) {
        self.post("frame", &json!({"id": Value::Null}));
    }

    /// Runs a script in the page; it gives what it returns, also what it promises.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// A picture of what is to be seen, as PNG in base64; of the whole page, however long.
    #[track_caller]
    pub fn picture(&self) -> String {
        let taken = self.devtools(
            "Page.captureScreenshot",
            &json!({"format": "png", "captureBeyondViewport": true}),
        );
        taken["data"].as_str().unwrap().to_owned()
    }

    /// The first element that fits a selector, as soon as there is one.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element<'_> {
        self.locate("css selector", css)
    }

    /// Elements that fit a selector, now.
    #[track_caller]
    pub fn all(&self, css: &str) -> Vec<Element<'_>> {
        let found = self.post("elements", &json!({"using": "css selector", "value": css}));
        let found = found.as_array().unwrap();
        found.iter().map(|found| self.element(found)).collect()
    }

    /// The button or link with these words in it.
    #[track_caller]
    pub fn button(&self, words: &str) -> Element<'_> {
        let holds = format!("contains(normalize-space(.), \"{words}\")");
        let path =
            format!("//button[{holds}] | //a[{holds}] | //summary[{holds}] | //label[{holds}]");
        self.locate("xpath", &path)
    }

    /// The field with that label.
    #[track_caller]
    pub fn field(&self, label: &str) -> Element<'_> {
        let path = format!("//*[@id = //label[contains(., \"{label}\")]/@for]");
        self.locate("xpath", &path)
    }

    #[track_caller]
    fn locate(&self, using: &str, value: &str) -> Element<'_> {
        let wanted = json!({"using": using, "value": value});
        let found = self.until(&format!("no {value} on {}", self.address()), || {
            self.try_post("element", &wanted).ok()
        });
        self.element(&found)
    }

    fn element(&self, found: &Value) -> Element<'_> {
        Element {
            browser: self,
            id: found[ELEMENT].as_str().unwrap().to_owned(),
        }
    }

    /// Asks until there is something.
    #[track_caller]
    fn until<T>(&self, otherwise: &str, look: impl Fn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "{otherwise}:\n{}", self.words());
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    /// Waits until the page's words hold these.
    #[track_caller]
    pub fn sees(&self, words: &str) -> &Self {
        self.until(&format!("{words:?} is not to be seen"), || {
            self.words().contains(words).then_some(())
        });
        self
    }

    /// Opens an address until its words hold these: what is to be seen there comes by itself.
    #[track_caller]
    pub fn reads_until(&self, address: &str, words: &str) -> &Self {
        self.until(&format!("{words:?} does not come"), || {
            self.open(address).words().contains(words).then_some(())
        });
        self
    }

    /// Waits until the page's heading is this.
    #[track_caller]
    pub fn asks(&self, heading: &str) -> &Self {
        self.until(&format!("{heading:?} is not the heading"), || {
            (self.heading() == heading).then_some(())
        });
        self
    }

    /// Waits until a script's expression is true.
    #[track_caller]
    pub fn is_true(&self, expression: &str) {
        self.until(&format!("not true: {expression}"), || {
            let value = self.try_post(
                "execute/sync",
                &json!({"script": format!("return {expression}"), "args": []}),
            );
            (value == Ok(Value::Bool(true))).then_some(())
        });
    }

    /// The words of the page as they are to be seen.
    pub fn words(&self) -> String {
        self.text_of("document.body")
    }

    /// The words of its heading.
    pub fn heading(&self) -> String {
        self.text_of("document.querySelector('h1')")
    }

    fn text_of(&self, element: &str) -> String {
        let script = format!("return ({element})?.innerText ?? ''");
        let text = self.try_post("execute/sync", &json!({"script": script, "args": []}));
        let text = text.ok().and_then(|text| text.as_str().map(str::to_owned));
        let text = text.unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Presses keys, wherever the focus is.
    #[track_caller]
    pub fn keys(&self, keys: &str) {
        let presses = keys.chars().flat_map(|key| {
            ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}))
        });
        let presses: Vec<Value> = presses.collect();
        self.post(
            "actions",
            &json!({"actions": [{"type": "key", "id": "keyboard", "actions": presses}]}),
        );
    }

    /// What has the focus, in words: its text or label.
    pub fn focus(&self) -> String {
        self.text_of(
            "(at => at && {innerText: at.innerText || at.getAttribute('aria-label') || (at.labels?.[0]?.innerText) || at.tagName})\
             (document.activeElement)",
        )
    }

    /// What the console was told that is no mere "not found": faults of scripts, what the security policy refused.
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        let log = self.post("se/log", &json!({"type": "browser"}));
        let log = log.as_array().unwrap();
        log.iter()
            .filter(|entry| entry["source"] != "network")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Waits until the console says that a frame was refused.
    #[track_caller]
    pub fn refused_a_frame(&self) {
        self.until("no frame was refused", || {
            let said = self.complaints();
            said.iter()
                .any(|line| line.contains("frame-ancestors"))
                .then_some(())
        });
    }

    /// What axe-core finds on the page, a line for each; nothing at all where the page is as it should be. The size of
    /// what is pressed is looked at, too (WCAG 2.2).
    #[track_caller]
    pub fn axe(&self) -> Vec<String> {
        self.axe_with("rules: {'target-size': {enabled: true}}")
    }

    /// As [`Self::axe`], for colours alone: all that may differ by night.
    #[track_caller]
    pub fn axe_on_colours(&self) -> Vec<String> {
        self.axe_with("runOnly: ['color-contrast', 'link-in-text-block']")
    }

    #[track_caller]
    fn axe_with(&self, rules: &str) -> Vec<String> {
        let here = self.run("return typeof window.axe !== 'undefined'") == Value::Bool(true);
        if !here {
            self.run(axe_core());
        }
        let found = self.run(&format!(
            "return axe.run(document, {{resultTypes: ['violations'], iframes: false, {rules}}}).then(found => found.violations.map(\
             rule => rule.id + ': ' + rule.help + ': ' + rule.nodes.map(node => node.html + ' ' + (node.any[0]?.message ?? '')).join(' | ')))",
        ));
        lines(&found)
    }

    /// Nothing is wider than the window, but for what scrolls in a part of it.
    #[track_caller]
    pub fn fits(&self) {
        assert_eq!(self.wider(), Vec::<String>::new(), "{}", self.address());
    }

    /// What is wider than the window.
    #[track_caller]
    pub fn wider(&self) -> Vec<String> {
        let wider = self.run(
            "const wide = document.documentElement.clientWidth;\
             const scrolls = at => at !== document.documentElement && (getComputedStyle(at).overflowX === 'auto' || scrolls(at.parentElement));\
             return [...document.querySelectorAll('body *')].filter(at => at.getBoundingClientRect().right > wide + 1 && !at.closest('.visually-hidden, .skip') && !scrolls(at.parentElement))\
             .map(at => at.outerHTML.slice(0, 120)).concat(document.documentElement.scrollWidth > wide ? ['the page scrolls sideways'] : [])",
        );
        lines(&wider)
    }
}

/// An array of texts.
fn lines(found: &Value) -> Vec<String> {
    let found = found.as_array().unwrap();
    found
        .iter()
        .map(|line| line.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// axe-core as tests/setup.sh put it there.
fn axe_core() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let home = std::env::var_os("HOME").map(PathBuf::from).unwrap();
        let folder = cache
            .unwrap_or_else(|| home.join(".cache"))
            .join("fixpath-tests");
        let file = folder.join("node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(&file).unwrap_or_else(|why| {
            panic!("axe-core ({why}): run tests/setup.sh: {}", file.display())
        })
    })
}

impl Drop for Browser {
    fn drop(&mut self) {
        let complaints = if std::thread::panicking() {
            Vec::new()
        } else {
            self.complaints()
        };
        let address = format!("{}/session/{}", self.driver, self.session);
        let _ = ask("DELETE", &address, &Value::Null);
        assert!(complaints.is_empty(), "the console: {complaints:#?}");
    }
}

impl Element<'_> {
    fn command(&self, command: &str) -> String {
        format!("element/{}/{command}", self.id)
    }

    /// Clicks it.
    #[track_caller]
    pub fn click(&self) {
        self.browser.post(&self.command("click"), &json!({}));
    }

    /// Types into it.
    #[track_caller]
    pub fn write(&self, text: &str) -> &Self {
        self.browser
            .post(&self.command("value"), &json!({ "text": text }));
        self
    }

    /// Empties it.
    #[track_caller]
    pub fn clear(&self) -> &Self {
        self.browser.post(&self.command("clear"), &json!({}));
        self
    }

    /// Its words.
    #[track_caller]
    pub fn text(&self) -> String {
        let text = self.browser.read(&self.command("text"));
        text.as_str().unwrap().to_owned()
    }

    /// A property.
    #[track_caller]
    pub fn property(&self, name: &str) -> Value {
        self.browser
            .read(&self.command(&format!("property/{name}")))
    }

    /// Whether it is to be seen.
    #[track_caller]
    pub fn is_seen(&self) -> bool {
        self.browser.read(&self.command("displayed")) == Value::Bool(true)
    }
}
