use proptest::prelude::*;

use super::*;
use crate::state::fixtures::{board, dish, group, id, wanted};

fn cart(dishes: &[(u128, u32, &[u128])]) -> Cart {
    let mut cart = Cart::default();
    for (dish, quantity, options) in dishes {
        cart.add(wanted(*dish, *quantity, options)).unwrap();
    }
    cart
}

#[test]
fn names_every_difference_and_counts_only_what_is_there() {
    let mut sold_out = dish(2, 1_000);
    sold_out.is_available = false;
    let mut asks = dish(4, 1_000);
    asks.option_groups = vec![group(40, 1, 1, &[(41, 0)])];
    let menu = board(vec![dish(1, 1_000), sold_out, dish(3, 1_500), asks]);
    let cart = cart(&[(1, 2, &[]), (2, 1, &[]), (3, 2, &[]), (4, 1, &[]), (5, 1, &[])]);
    let checked = check(&cart, Some(&menu), &[]);
    let changes: Vec<_> = checked.lines.iter().map(|line| line.change).collect();
    assert_eq!(
        changes,
        [
            None,
            Some(CartChangeKind::SoldOut),
            Some(CartChangeKind::Repriced),
            Some(CartChangeKind::OptionsChanged),
            Some(CartChangeKind::Gone),
        ]
    );
    assert_eq!((checked.count, checked.total), (4, Money(5_000)));
    assert_eq!((checked.changes(), checked.left_out()), (4, 3));
    let order = checked.order();
    assert_eq!(order.items.len(), 2);
    assert_eq!(order.expected_total, Some(Money(5_000)));
}

#[test]
fn without_a_menu_shows_what_was_seen() {
    let checked = check(&cart(&[(1, 3, &[])]), None, &[]);
    assert_eq!((checked.changes(), checked.total), (0, Money(3_000)));
}

#[test]
fn believes_the_server_about_the_lines_it_was_sent() {
    let menu = board(vec![dish(2, 1_000), dish(3, 1_000)]);
    // Line 0 is gone and is not sent, so the server's line 1 is the cart's third.
    let cart = cart(&[(1, 1, &[]), (2, 1, &[]), (3, 1, &[])]);
    let before = check(&cart, Some(&menu), &[]);
    let change = CartChange {
        line: 1,
        menu_id: id(3).into(),
        menu_name: None,
        kind: CartChangeKind::SoldOut,
        current_price: None,
    };
    let told = before.named_by(&[change]);
    let after = check(&cart, Some(&menu), &told);
    assert_eq!(after.lines[2].change, Some(CartChangeKind::SoldOut));
    assert_eq!(after.order().items.len(), 1);
}

proptest! {
    /// The total that is shown is the total that is expected is the sum of the lines that are sent.
    #[test]
    fn shows_what_it_sends(
        prices in prop::collection::vec((1_i64..100_000, any::<bool>()), 1..6),
        lines in prop::collection::vec((0_u128..8, 1_u32..99), 0..20),
    ) {
        let menus = prices.iter().enumerate().map(|(n, (price, available))| {
            let mut menu = dish(n as u128, *price);
            menu.is_available = *available;
            menu
        });
        let menu = board(menus.collect());
        let mut cart = Cart::default();
        for (n, quantity) in lines {
            drop(cart.add(wanted(n, quantity, &[])));
        }
        let checked = check(&cart, Some(&menu), &[]);
        let order = checked.order();
        let sum: i64 = order.items.iter().map(|item| {
            find(&menu, item.menu_id).map_or(0, |menu| menu.price.0 * i64::from(item.quantity))
        }).sum();
        prop_assert_eq!(order.expected_total, Some(Money(sum)));
        prop_assert_eq!(checked.lines.len(), cart.lines.len());
        prop_assert!(order.items.iter().all(|item| find(&menu, item.menu_id).is_some_and(|m| m.is_available)));
    }
}
