//! A tree to a value of the contract.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, IntoDeserializer, MapAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::NotReadable;
use super::parse::Json;

impl fmt::Display for NotReadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not readable")
    }
}

impl std::error::Error for NotReadable {}

/// Every message is thrown away before it is made: the code that would make it is not compiled in.
impl Error for NotReadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for &'de Json<'de> {
    type Error = NotReadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::Null | Json::Other => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Int(value) => visitor.visit_i64(*value),
            Json::Text(text) => visitor.visit_borrowed_str(text),
            Json::List(list) => visitor.visit_seq(SeqDeserializer::new(list.iter())),
            Json::Map(map) => visitor.visit_map(Entries { rest: map.iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NotReadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotReadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::Map(map) => visitor.visit_map(Entries { rest: map.iter(), value: None }),
            _ => Err(NotReadable),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::List(list) => visitor.visit_seq(SeqDeserializer::new(list.iter())),
            _ => Err(NotReadable),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(NotReadable),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::Int(value) => visitor.visit_i64(*value),
            _ => Err(NotReadable),
        }
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        match self {
            Json::Bool(value) => visitor.visit_bool(*value),
            _ => Err(NotReadable),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NotReadable> {
        match self {
            Json::Text(name) => visitor.visit_enum(Name(name)),
            _ => Err(NotReadable),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NotReadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i8 u8 u16 f32 f64 char bytes byte_buf unit unit_struct tuple_struct }
}

impl<'de> IntoDeserializer<'de, NotReadable> for &'de Json<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Entries<'de> {
    rest: std::slice::Iter<'de, (Cow<'de, str>, Json<'de>)>,
    value: Option<&'de Json<'de>>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = NotReadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NotReadable> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NotReadable> {
        seed.deserialize(self.value.take().ok_or(NotReadable)?)
    }
}

/// An enum's value: the contract's enums have no data.
struct Name<'de>(&'de str);

impl<'de> EnumAccess<'de> for Name<'de> {
    type Error = NotReadable;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), NotReadable> {
        let value = seed.deserialize(BorrowedStrDeserializer::new(self.0))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Name<'de> {
    type Error = NotReadable;

    fn unit_variant(self) -> Result<(), NotReadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, NotReadable> {
        Err(NotReadable)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, NotReadable> {
        Err(NotReadable)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NotReadable> {
        Err(NotReadable)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared_types::menu::MenuBoard;
    use shared_types::orders::{Order, OrderStatus};
    use shared_types::{ErrorBody, Lang};

    use crate::json::{NotReadable, from_str};

    const ORDER: &str = r#"{"id":"0193a1b2-0000-7000-8000-000000000001","order_number":"ORD-20261122-0042",
        "table_id":"0193a1b2-0000-7000-8000-000000000002","table_number":"7","later":{"x":[1.5e3,null]},
        "session_id":"0193a1b2-0000-7000-8000-000000000003","status":"preparing","total_amount":44000,"note":null,
        "created_at":"2026-11-22T10:41:00Z","updated_at":"2026-11-22T10:41:00.123456Z","acknowledged_at":null,
        "items":[{"menu_id":"0193a1b2-0000-7000-8000-000000000004","menu_name":"소\"불고기\"","menu_price":17000,
        "quantity":2,"options":[],"note":"파 빼 주세요","subtotal":34000}]}"#;

    const BOARD: &str = r#"{"version":3,"categories":[{"id":"0193a1b2-0000-7000-8000-000000000005","name":"식사",
        "translations":{"en":{"name":"Meals"}}}],"menus":[{"id":"0193a1b2-0000-7000-8000-000000000006",
        "category_id":"0193a1b2-0000-7000-8000-000000000005","name":"찌개","price":10000,"is_available":true,
        "badges":["popular"],"spicy_level":2,"allergens":["soybeans","pork","pine_nuts"],"option_groups":[{"id":"0193a1b2-0000-7000-8000-000000000007",
        "name":"맵기","min_choices":1,"max_choices":1,"options":[{"id":"0193a1b2-0000-7000-8000-000000000008",
        "name":"보통","price":0,"is_available":true}]}]}]}"#;

    #[test]
    fn reads_the_contract_as_others_do() {
        let order: Order = from_str(ORDER).unwrap();
        assert_eq!(order, serde_json::from_str::<Order>(ORDER).unwrap());
        assert_eq!(order.status, OrderStatus::Preparing);
        assert_eq!(from_str::<MenuBoard>(BOARD).unwrap(), serde_json::from_str::<MenuBoard>(BOARD).unwrap());
        let error = r#"{"error":{"code":"cart_changed","message":"","details":{"changes":[{"line":1,
            "menu_id":"0193a1b2-0000-7000-8000-000000000006","menu_name":null,"kind":"sold_out","current_price":null}]}}}"#;
        assert_eq!(from_str::<ErrorBody>(error).unwrap(), serde_json::from_str::<ErrorBody>(error).unwrap());
        assert_eq!(from_str::<Lang>("\"zh\""), Ok(Lang::Zh));
        assert_eq!(from_str::<(u32, Option<String>)>("[7,\"x\"]"), Ok((7, Some("x".into()))));
    }

    #[test]
    fn refuses_the_wrong_type() {
        for bad in [
            "{}",
            "[]",
            "null",
            "7",
            "\"x\"",
            &ORDER.replace("44000", "4.4"),
            &ORDER.replace("preparing", "x"),
        ] {
            assert_eq!(from_str::<Order>(bad), Err(NotReadable), "{bad}");
        }
        assert_eq!(from_str::<u32>("-1"), Err(NotReadable));
        assert_eq!(from_str::<u32>("4294967296"), Err(NotReadable));
    }

    proptest! {
        /// Whatever sign is changed in an answer: what both readers take for an order is the same order.
        #[test]
        fn never_reads_something_else(at in 0_usize..1_000, sign in "[ -~가]") {
            let mut text: Vec<char> = ORDER.chars().collect();
            let at = at % text.len();
            text[at] = sign.chars().next().unwrap();
            let text: String = text.into_iter().collect();
            // Numbers are read more leniently (leading zeros); that does not make them others.
            if let (Ok(ours), Ok(theirs)) = (from_str::<Order>(&text), serde_json::from_str::<Order>(&text)) {
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}
