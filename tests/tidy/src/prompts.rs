//! docs/prompts.md says what is spoken.
//!
//! Whoever replaces a sentence on a line does it by the name of its prompt, from that table, and cannot see
//! shared/words/src/prompt.rs. So the table is that file's, word for word.

use crate::repository::read;

struct Prompt<'s> {
    name: &'s str,
    when: &'s str,
    english: &'s str,
}

#[test]
fn the_table_of_prompts_is_what_the_code_speaks() {
    let source = read("shared/words/src/prompt.rs");
    let expected: Vec<String> = prompts(&source).iter().map(row).collect();
    let document = read("docs/prompts.md");
    let written: Vec<&str> = document.lines().filter(|line| line.starts_with("| `")).collect();
    assert!(written == expected, "docs/prompts.md should have these rows:\n\n{}\n", expected.join("\n"));
}

/// What stands in `prompts! { … }`: a comment, `Name "name" {`, and sentences of which the first is English.
fn prompts(source: &str) -> Vec<Prompt<'_>> {
    let list = source.split("\nprompts! {\n").nth(1).and_then(|rest| rest.split("\n}\n").next()).unwrap();
    let lines: Vec<&str> = list.lines().map(str::trim).collect();
    let prompts = lines.windows(3).filter_map(|window| match *window {
        [when, head, english] if head.ends_with("\" {") => Some(Prompt {
            name: head.split('"').nth(1)?,
            when: when.strip_prefix("/// ")?,
            english: english.strip_prefix('"')?.strip_suffix("\",")?,
        }),
        _ => None,
    });
    let found: Vec<_> = prompts.collect();
    assert_eq!(found.len(), lines.iter().filter(|line| line.ends_with("\" {")).count(), "a prompt was not understood");
    found
}

fn row(prompt: &Prompt<'_>) -> String {
    let mut values: Vec<String> = Vec::new();
    for name in prompt.english.split('{').skip(1).filter_map(|part| part.split('}').next()) {
        let value = format!("`{{{name}}}`");
        if !values.contains(&value) {
            values.push(value);
        }
    }
    format!("| `{}` | {} | {} | {} |", prompt.name, prompt.when, values.join(" "), prompt.english)
}

#[test]
fn a_row() {
    let source = "x\nprompts! {\n    /// A key.\n    MenuItem \"menu_item\" {\n        \"For {a}, {b} {a}.\",\n        \"x\"\n    }\n}\n";
    let rows: Vec<String> = prompts(source).iter().map(row).collect();
    assert_eq!(rows, ["| `menu_item` | A key. | `{a}` `{b}` | For {a}, {b} {a}. |"]);
}
