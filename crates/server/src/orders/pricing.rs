//! From a request to an order: names and prices of this moment's menu. Pure, so that every rule can be tested
//! without a database.

use chrono::{DateTime, Utc};
use shared_types::errors::FieldErrors;
use shared_types::menu::{ChoiceError, Menu};
use shared_types::orders::{
    CartChange, CartChangeKind, NewOrder, NewOrderItem, Order, OrderItem, OrderItemOption, OrderStatus,
};
use shared_types::{ErrorCode, MenuId, Money, OrderId, SessionId, TableId, text};
use uuid::Uuid;

/// Why a cart was not priced.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The request breaks a rule.
    Fields(FieldErrors),
    /// The menu is not what the guest saw.
    Changed {
        /// Line by line.
        changes: Vec<CartChange>,
        /// What the lines that can still be ordered cost.
        current_total: Money,
    },
}

/// Where and when the order is placed.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// The order's id.
    pub id: OrderId,
    /// The table.
    pub table: TableId,
    /// The instant.
    pub now: DateTime<Utc>,
}

/// The order, complete but for what only the database knows: number, session, table number.
///
/// # Errors
/// [`Refusal`]
pub fn price<'a>(
    request: &NewOrder,
    menu: impl Fn(MenuId) -> Option<&'a Menu>,
    at: At,
) -> Result<Order, Refusal> {
    let mut errors = request.check();
    let mut changes = Vec::new();
    let mut items = Vec::with_capacity(request.items.len());
    for (line, wanted) in request.items.iter().enumerate() {
        match price_line(wanted, menu(wanted.menu_id)) {
            Ok(item) => items.push((line, item)),
            Err(Fault::Rule(code)) => errors.add(format!("items[{line}].options"), code),
            Err(Fault::Changed(kind)) => {
                changes.push(change(line, wanted.menu_id, menu(wanted.menu_id), kind, None))
            }
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::Fields(errors));
    }
    let total = Money::checked_sum(items.iter().map(|(_, item)| item.subtotal)).ok_or_else(too_much)?;
    if changes.is_empty() && request.expected_total.is_some_and(|seen| seen != total) {
        changes = items
            .iter()
            .map(|(line, item)| {
                change(*line, item.menu_id, menu(item.menu_id), CartChangeKind::Repriced, Some(each(item)))
            })
            .collect();
    }
    if !changes.is_empty() {
        return Err(Refusal::Changed { changes, current_total: total });
    }
    Ok(Order {
        id: at.id,
        order_number: String::new(),
        table_id: at.table,
        table_number: String::new(),
        session_id: SessionId(Uuid::nil()),
        status: OrderStatus::Pending,
        total_amount: total,
        note: text::tidy(request.note.as_deref()),
        created_at: at.now,
        updated_at: at.now,
        acknowledged_at: None,
        items: items.into_iter().map(|(_, item)| item).collect(),
    })
}

enum Fault {
    Rule(ErrorCode),
    Changed(CartChangeKind),
}

fn price_line(wanted: &NewOrderItem, menu: Option<&Menu>) -> Result<OrderItem, Fault> {
    let menu = menu.ok_or(Fault::Changed(CartChangeKind::Gone))?;
    if !menu.is_available {
        return Err(Fault::Changed(CartChangeKind::SoldOut));
    }
    let chosen = menu.choose(&wanted.options).map_err(|error| match error {
        ChoiceError::Rule(_, code) => Fault::Rule(code),
        ChoiceError::Unknown(_) | ChoiceError::Unavailable(_) => {
            Fault::Changed(CartChangeKind::OptionsChanged)
        }
    })?;
    let subtotal = menu.unit_price(&chosen).and_then(|unit| unit.checked_mul(wanted.quantity));
    Ok(OrderItem {
        menu_id: menu.id,
        menu_name: menu.name.clone(),
        menu_price: menu.price,
        quantity: wanted.quantity,
        options: chosen
            .into_iter()
            .map(|(group, option)| OrderItemOption {
                option_id: option.id,
                group_name: group.name.clone(),
                name: option.name.clone(),
                price: option.price,
            })
            .collect(),
        note: text::tidy(wanted.note.as_deref()),
        subtotal: subtotal.ok_or(Fault::Rule(ErrorCode::OutOfRange))?,
    })
}

fn each(item: &OrderItem) -> Money {
    item.options.iter().fold(item.menu_price, |sum, option| Money(sum.0.saturating_add(option.price.0)))
}

fn change(
    line: usize,
    menu_id: MenuId,
    menu: Option<&Menu>,
    kind: CartChangeKind,
    current_price: Option<Money>,
) -> CartChange {
    CartChange { line, menu_id, menu_name: menu.map(|m| m.name.clone()), kind, current_price }
}

fn too_much() -> Refusal {
    let mut errors = FieldErrors::default();
    errors.add("items", ErrorCode::OutOfRange);
    Refusal::Fields(errors)
}

#[cfg(test)]
mod tests {
    use shared_types::menu::{MenuOption, OptionGroup};
    use shared_types::{CategoryId, OptionGroupId, OptionId};

    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn option(n: u128, price: i64) -> MenuOption {
        MenuOption {
            id: OptionId(id(n)),
            name: format!("o{n}"),
            translations: Default::default(),
            price: Money(price),
            is_available: true,
        }
    }

    fn dish(n: u128, price: i64) -> Menu {
        Menu {
            id: MenuId(id(n)),
            category_id: CategoryId(id(1)),
            name: format!("dish {n}"),
            description: None,
            translations: Default::default(),
            price: Money(price),
            image_url: None,
            is_available: true,
            badges: vec![],
            spicy_level: 0,
            allergens: vec![],
            option_groups: vec![OptionGroup {
                id: OptionGroupId(id(100)),
                name: "size".into(),
                translations: Default::default(),
                min_choices: 1,
                max_choices: 2,
                options: vec![option(11, 0), option(12, 3000), option(13, 500)],
            }],
        }
    }

    fn line(menu: u128, quantity: u32, options: &[u128]) -> NewOrderItem {
        NewOrderItem {
            menu_id: MenuId(id(menu)),
            quantity,
            options: options.iter().map(|o| OptionId(id(*o))).collect(),
            note: Some("  ".into()),
        }
    }

    fn run(items: Vec<NewOrderItem>, expected: Option<i64>, menus: &[Menu]) -> Result<Order, Refusal> {
        let at =
            At { id: OrderId(id(9)), table: TableId(id(8)), now: DateTime::from_timestamp(0, 0).unwrap() };
        price(
            &NewOrder { items, note: None, expected_total: expected.map(Money) },
            |id| menus.iter().find(|m| m.id == id),
            at,
        )
    }

    fn kinds(result: Result<Order, Refusal>) -> Vec<(usize, CartChangeKind)> {
        match result {
            Err(Refusal::Changed { changes, .. }) => changes.into_iter().map(|c| (c.line, c.kind)).collect(),
            other => panic!("expected changes, got {other:?}"),
        }
    }

    fn field(result: Result<Order, Refusal>, name: &str) -> Option<ErrorCode> {
        match result {
            Err(Refusal::Fields(errors)) => errors.of(name),
            other => panic!("expected field errors, got {other:?}"),
        }
    }

    #[test]
    fn adds_options_and_multiplies() {
        let order = run(
            vec![line(1, 2, &[12, 13]), line(2, 1, &[11])],
            Some(28_000),
            &[dish(1, 10_000), dish(2, 1_000)],
        )
        .unwrap();
        assert_eq!(order.total_amount, Money(28_000));
        assert_eq!((order.items[0].subtotal, order.items[0].options.len()), (Money(27_000), 2));
        assert_eq!(order.items[0].note, None);
    }

    #[test]
    fn names_what_changed() {
        let mut sold_out = dish(2, 1_000);
        sold_out.is_available = false;
        let menus = [dish(1, 10_000), sold_out];
        let cart = vec![line(1, 1, &[11]), line(2, 1, &[11]), line(3, 1, &[]), line(1, 1, &[99])];
        use CartChangeKind::{Gone, OptionsChanged, SoldOut};
        assert_eq!(kinds(run(cart, None, &menus)), [(1, SoldOut), (2, Gone), (3, OptionsChanged)]);
    }

    #[test]
    fn an_outdated_total_orders_nothing() {
        let refused = run(vec![line(1, 1, &[11])], Some(9_000), &[dish(1, 10_000)]);
        let Err(Refusal::Changed { changes, current_total }) = refused else { panic!("not refused") };
        assert_eq!(
            (changes[0].kind, changes[0].current_price, current_total),
            (CartChangeKind::Repriced, Some(Money(10_000)), Money(10_000))
        );
    }

    #[test]
    fn obeys_the_option_rules() {
        let menus = [dish(1, 10_000)];
        assert_eq!(
            field(run(vec![line(1, 1, &[])], None, &menus), "items[0].options"),
            Some(ErrorCode::TooFewOptions)
        );
        assert_eq!(
            field(run(vec![line(1, 1, &[11, 12, 13])], None, &menus), "items[0].options"),
            Some(ErrorCode::TooManyOptions)
        );
        assert_eq!(
            field(run(vec![line(1, 1, &[11, 11])], None, &menus), "items[0].options"),
            Some(ErrorCode::DuplicateOption)
        );
        assert_eq!(field(run(vec![], None, &menus), "items"), Some(ErrorCode::EmptyCart));
    }

    proptest::proptest! {
        #[test]
        fn the_total_is_the_sum_of_the_lines(quantities in proptest::collection::vec((1_u32..=99, 0_usize..3), 1..50), base in 1_i64..=100_000_000) {
            let menus = [dish(1, base)];
            let options = [11, 12, 13];
            let order = run(quantities.iter().map(|(q, o)| line(1, *q, &options[*o..=*o])).collect(), None, &menus).unwrap();
            let prices = [0, 3000, 500];
            let expected: i64 = quantities.iter().map(|(q, o)| (base + prices[*o]) * i64::from(*q)).sum();
            proptest::prop_assert_eq!(order.total_amount, Money(expected));
        }
    }
}
