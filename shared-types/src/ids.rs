//! One type per id, so that a table id can never stand where an order id belongs.

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = uuid::Uuid))]
        pub struct $name(pub uuid::Uuid);

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_id! {
    /// A restaurant: the tenant that owns every other row.
    StoreId,
    /// A manager account.
    UserId,
    /// A physical table.
    TableId,
    /// One signed-in browser at a table: a fixed tablet or a phone.
    DeviceId,
    /// One party's stay at a table, from its first order until staff finish it.
    SessionId,
    /// A menu category.
    CategoryId,
    /// A dish or drink.
    MenuId,
    /// A question about a dish ("맵기", "추가").
    OptionGroupId,
    /// One answer to such a question.
    OptionId,
    /// An order.
    OrderId,
    /// A guest's call for staff.
    CallId,
    /// Minted by the browser, once per cart intent, and kept until the order is acknowledged.
    IdempotencyKey,
}
