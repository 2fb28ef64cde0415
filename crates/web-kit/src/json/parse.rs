//! Text to a tree.

use std::borrow::Cow;

/// Objects and lists inside each other, at most: a tree that deep is no answer of ours.
const DEEPEST: u32 = 64;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Int(i64),
    /// A number with a fraction, an exponent, or beyond 64 bits: may be skipped, not read.
    Other,
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Map(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Reads the whole text as one value.
pub(super) fn parse(text: &str) -> Option<Json<'_>> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    parser.blank();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Steps over a sign, if it comes next.
    fn eat(&mut self, sign: u8) -> bool {
        let here = self.peek() == Some(sign);
        self.at += usize::from(here);
        here
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        let here = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        here.then_some(value)
    }

    fn value(&mut self, depth: u32) -> Option<Json<'a>> {
        self.blank();
        match self.peek()? {
            _ if depth > DEEPEST => None,
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => self.list(depth),
            b'{' => self.map(depth),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: u32) -> Option<Json<'a>> {
        self.at += 1;
        let mut list = Vec::new();
        self.blank();
        if self.eat(b']') {
            return Some(Json::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            self.blank();
            if self.eat(b']') {
                return Some(Json::List(list));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn map(&mut self, depth: u32) -> Option<Json<'a>> {
        self.at += 1;
        let mut map = Vec::new();
        self.blank();
        if self.eat(b'}') {
            return Some(Json::Map(map));
        }
        loop {
            self.blank();
            let key = self.string()?;
            self.blank();
            self.eat(b':').then_some(())?;
            map.push((key, self.value(depth + 1)?));
            self.blank();
            if self.eat(b'}') {
                return Some(Json::Map(map));
            }
            self.eat(b',').then_some(())?;
        }
    }

    fn number(&mut self) -> Option<Json<'a>> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
        Some(text.parse().map_or(Json::Other, Json::Int))
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.eat(b'"').then_some(())?;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut piece = start;
        loop {
            match self.peek()? {
                b'"' => {
                    let rest = &self.text[piece..self.at];
                    self.at += 1;
                    return Some(match owned {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                b'\\' => {
                    let text = owned.get_or_insert_default();
                    text.push_str(&self.text[piece..self.at]);
                    self.at += 1;
                    let sign = self.escaped()?;
                    text.push(sign);
                    piece = self.at;
                }
                0..0x20 => return None,
                _ => self.at += 1,
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += 1;
        Some(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return None,
        })
    }

    /// `\uXXXX`, or two of them for a sign beyond the first plane.
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        (self.eat(b'\\') && self.eat(b'u')).then_some(())?;
        let second = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn same(ours: &Json<'_>, theirs: &Value) -> bool {
        match (ours, theirs) {
            (Json::Null, Value::Null) => true,
            (Json::Bool(a), Value::Bool(b)) => a == b,
            (Json::Int(a), Value::Number(b)) => b.as_i64() == Some(*a),
            (Json::Other, Value::Number(b)) => !b.is_i64(),
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::List(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Json::Map(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(key, a)| b.get(&**key).is_some_and(|b| same(a, b)))
            }
            _ => false,
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".*", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn escapes() {
        assert_eq!(parse(r#""a\"\\\/\n\ud55c\ud83c\udf5c""#), Some(Json::Text("a\"\\/\n한🍜".into())));
        for bad in
            [r#""\ud800""#, r#""\ud800A""#, r#""\x""#, "\"\u{1}\"", "\"open", r#""\u12g4""#, r#""\u+123""#]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn refuses_what_is_not_json() {
        for bad in
            ["", "nul", "tru", "[1,]", "{\"a\"}", "{a:1}", "[1 2]", "1 2", "-", "--1", "{\"a\":1,}", ".5"]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None, "deep");
    }

    proptest! {
        #[test]
        fn reads_what_others_write(value in any_json(), pretty: bool) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.unwrap();
            let ours = parse(&text);
            prop_assert!(ours.is_some_and(|ours| same(&ours, &value)), "{}", text);
        }

        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = parse(&text);
        }

        #[test]
        fn never_panics_on_near_misses(value in any_json(), cut in 0_usize..200) {
            let text = serde_json::to_string(&value).unwrap();
            let cut = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= cut).last().unwrap_or(0);
            let _ = parse(&text[..cut]);
        }
    }
}
