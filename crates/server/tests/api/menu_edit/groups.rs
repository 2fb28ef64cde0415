use serde_json::{Value, json};
use shared_types::ErrorCode;
use shared_types::menu::Menu;
use shared_types::orders::CartChangeKind;
use test_support::TestApp;
use test_support::fixture::cart;

use super::{MENUS, board, galbitang, path};

fn spice() -> Value {
    json!({"name": "spice", "min_choices": 1, "max_choices": 1, "options": [{"name": "mild"}, {"name": "hot", "price": 500}]})
}

#[tokio::test]
async fn a_dish_is_created_with_its_options() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut new = galbitang(&app.store);
    new["option_groups"] = json!([spice()]);
    let dish: Menu = admin.post(MENUS, &new).await.json(201);
    let group = &dish.option_groups[0];
    assert_eq!((group.name.as_str(), group.min_choices, group.max_choices), ("spice", 1, 1));
    let options: Vec<_> =
        group.options.iter().map(|o| (o.name.as_str(), o.price.0, o.is_available)).collect();
    assert_eq!(options, [("mild", 0, true), ("hot", 500, true)]);
}

#[tokio::test]
async fn groups_and_options_that_stay_keep_their_ids() {
    let app = TestApp::start().await;
    let (table, admin) = (app.table(0).await, app.admin().await);
    let bulgogi = app.store.dish("bulgogi");
    let mut groups = json!(bulgogi.option_groups);
    groups[0]["options"][1]["price"] = json!(700);
    groups[1]["options"].as_array_mut().unwrap().remove(1);
    groups.as_array_mut().unwrap().reverse();
    groups.as_array_mut().unwrap().push(spice());
    groups[2]["name"] = json!("sauce");
    groups[2]["min_choices"] = json!(0);
    let after: Menu = admin.put(&path(bulgogi), &json!({"option_groups": groups})).await.json(200);
    let ids: Vec<_> = after.option_groups.iter().map(|g| g.id).collect();
    assert_eq!(ids[..2], [bulgogi.option_groups[1].id, bulgogi.option_groups[0].id]);
    assert_eq!(after.option_groups[1].options[1].id, bulgogi.option_groups[0].options[1].id);
    assert_eq!(after.option_groups[1].options[1].price.0, 700);
    assert_eq!(after.option_groups[0].options.len(), 2);
    // A cart that was filled before still fits, unless it names what is gone.
    let order = table.order(&cart(vec![app.store.line("bulgogi", 1, &["hot", "rice"])])).await;
    assert_eq!(order.total_amount.0, 18_000 + 700 + 1_000);
    let refused = table.try_order(&cart(vec![app.store.line("bulgogi", 1, &["hot", "egg"])])).await;
    assert_eq!(refused.error().details.changes[0].kind, CartChangeKind::OptionsChanged);
}

#[tokio::test]
async fn ids_of_other_dishes_and_doubled_ones_are_replaced() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, app.second_store().await);
    let stew = app.store.dish("stew");
    for foreign in [&app.store.dish("bulgogi").option_groups, &other.dish("bulgogi").option_groups] {
        let after: Menu = admin.put(&path(stew), &json!({"option_groups": foreign})).await.json(200);
        for (new, old) in after.option_groups.iter().zip(foreign) {
            assert_ne!(new.id, old.id);
            assert!(new.options.iter().all(|new| old.options.iter().all(|old| old.id != new.id)));
        }
    }
    let group = &board(&admin).await.menus[1].option_groups[0];
    let after: Menu = admin.put(&path(stew), &json!({"option_groups": [group, group]})).await.json(200);
    assert_eq!(after.option_groups[0].id, group.id);
    assert_ne!(after.option_groups[1].id, group.id);
    assert_eq!(board(&admin).await.menus[0], *app.store.dish("bulgogi"), "the other dish has lost nothing");
}

#[tokio::test]
async fn an_empty_list_removes_every_group() {
    let app = TestApp::start().await;
    let (admin, bulgogi) = (app.admin().await, app.store.dish("bulgogi"));
    let after: Menu = admin.put(&path(bulgogi), &json!({"option_groups": []})).await.json(200);
    assert!(after.option_groups.is_empty());
    app.table(0).await.order(&cart(vec![app.store.line("bulgogi", 1, &[])])).await;
}

#[tokio::test]
async fn groups_that_nobody_could_choose_from_are_refused() {
    let app = TestApp::start().await;
    let (admin, stew) = (app.admin().await, app.store.dish("stew"));
    for (field, value, code) in [
        ("name", json!(""), ErrorCode::Required),
        ("min_choices", json!(3), ErrorCode::OutOfRange),
        ("max_choices", json!(0), ErrorCode::OutOfRange),
        ("max_choices", json!(3), ErrorCode::OutOfRange),
        ("options", json!([]), ErrorCode::Required),
    ] {
        let mut group = spice();
        group[field] = value.clone();
        let answer = admin.put(&path(stew), &json!({"option_groups": [group]})).await;
        assert_eq!(answer.field(&format!("option_groups[0].{field}")), code, "{field} {value}");
    }
    let mut group = spice();
    group["options"][1]["price"] = json!(-1);
    let answer = admin.put(&path(stew), &json!({"option_groups": [group]})).await;
    assert_eq!(answer.field("option_groups[0].options[1].price"), ErrorCode::OutOfRange);
    let many: Vec<_> = (0..21).map(|_| spice()).collect();
    let answer = admin.put(&path(stew), &json!({"option_groups": many})).await;
    assert_eq!(answer.field("option_groups"), ErrorCode::TooLong);
}
