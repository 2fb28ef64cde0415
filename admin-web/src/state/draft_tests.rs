use uuid::Uuid;

use super::*;

fn menu() -> Menu {
    let mut words = Translations::new();
    words.insert("en".into(), Translation { name: "Stew".into(), description: Some("Hot".into()) });
    Menu {
        id: Uuid::from_u128(1).into(),
        category_id: Uuid::from_u128(2).into(),
        name: "김치찌개".into(),
        description: Some("묵은지".into()),
        translations: words,
        price: Money(10_000),
        image_url: None,
        is_available: true,
        badges: vec![MenuBadge::Popular],
        spicy_level: 2,
        allergens: vec![Allergen::Soybeans],
        option_groups: vec![OptionGroup {
            id: Uuid::from_u128(3).into(),
            name: "맵기".into(),
            translations: Translations::new(),
            min_choices: 1,
            max_choices: 1,
            options: vec![MenuOption {
                id: Uuid::from_u128(4).into(),
                name: "보통".into(),
                translations: Translations::new(),
                price: Money(500),
                is_available: true,
            }],
        }],
    }
}

#[test]
fn a_dish_that_is_opened_and_saved_stays_as_it_is() {
    let (before, after) = (menu(), Draft::of(&menu()).finish().unwrap());
    assert_eq!((after.name, after.price), (before.name, before.price));
    assert_eq!((after.description, after.translations), (before.description, before.translations));
    assert_eq!((after.badges, after.spicy_level), (before.badges, before.spicy_level));
    assert_eq!(after.allergens, before.allergens);
    let (group, known) = (&after.option_groups[0], &before.option_groups[0]);
    assert_eq!((group.id, group.options[0].id), (Some(known.id), Some(known.options[0].id)));
    assert_eq!((group.min_choices, group.options[0].price), (1, Money(500)));
}

#[test]
fn faults_stand_at_their_fields() {
    let mut draft = Draft::of(&menu());
    draft.name = " ".into();
    draft.price = "만원".into();
    draft.groups[0].max = String::new();
    draft.groups[0].options[0].price = "-5".into();
    draft.add_group();
    let faults = draft.finish().unwrap_err();
    assert_eq!(faults.of("name"), Some(ErrorCode::Required));
    assert_eq!(faults.of("price"), Some(ErrorCode::InvalidFormat));
    assert_eq!(faults.of("option_groups[0].max_choices"), Some(ErrorCode::Required));
    assert_eq!(faults.of("option_groups[0].options[0].price"), Some(ErrorCode::OutOfRange));
    assert_eq!(faults.of("option_groups[1].name"), Some(ErrorCode::Required));
    assert_eq!(Draft::new(None).finish().unwrap_err().of("category_id"), Some(ErrorCode::Required));
}

#[test]
fn a_copy_is_another_dish() {
    let copy = Draft::of(&menu()).copy("김치찌개 2".into());
    assert_eq!(copy.id, None);
    let sent = copy.finish().unwrap();
    assert_eq!(sent.name, "김치찌개 2");
    assert_eq!((sent.option_groups[0].id, sent.option_groups[0].options[0].id), (None, None));
}

#[test]
fn prices_are_typed_as_people_write_them() {
    let draft = Draft { price: " 18,000".into(), ..Draft::of(&menu()) };
    assert_eq!(draft.shown_price(), Some(Money(18_000)));
    assert_eq!(draft.finish().unwrap().price, Money(18_000));
}

#[test]
fn a_translation_without_a_word_is_none() {
    let mut draft = Draft::of(&menu());
    draft.words[0] = (" ".into(), String::new());
    draft.words[2].0 = "泡菜汤".into();
    let sent = draft.finish().unwrap().translations;
    assert_eq!(sent.keys().collect::<Vec<_>>(), ["zh"]);
}

#[test]
fn only_what_was_typed_is_sent() {
    let opened = Draft::of(&menu());
    let mut draft = opened.clone();
    assert_eq!(changes(Some(&opened), draft.finish().unwrap()), MenuUpdate::default());
    draft.description = "새 설명".into();
    let update = changes(Some(&opened), draft.finish().unwrap());
    let only = MenuUpdate { description: Some(Some("새 설명".into())), ..MenuUpdate::default() };
    assert_eq!(update, only);
    assert_eq!(changes(None, draft.finish().unwrap()).price, Some(Money(10_000)));
}
