//! What was ordered, as the page's language calls it. An order keeps the words of its moment, in the store's own language;
//! for the others today's menu is asked.

use shared_types::Lang;
use shared_types::orders::OrderItem;
use web_kit::i18n;

use crate::menu::MenuStore;

/// The dish's name; follows the language and the menu.
pub fn dish(menu: MenuStore, item: &OrderItem) -> String {
    let lang = i18n::lang();
    let today =
        (lang != Lang::default()).then(|| menu.read(item.menu_id, |dish| dish.name_in(lang).to_owned()));
    today.flatten().unwrap_or_else(|| item.menu_name.clone())
}

/// The names of the options, in a row; follows the language and the menu.
pub fn options(menu: MenuStore, item: &OrderItem) -> String {
    let lang = i18n::lang();
    let today = |id| {
        menu.read(item.menu_id, |dish| {
            let mut options = dish.option_groups.iter().flat_map(|group| &group.options);
            options.find(|option| option.id == id).map(|option| option.name_in(lang).to_owned())
        })
    };
    let name = |option: &shared_types::orders::OrderItemOption| {
        let today = (lang != Lang::default()).then(|| today(option.option_id));
        today.flatten().flatten().unwrap_or_else(|| option.name.clone())
    };
    item.options.iter().map(name).collect::<Vec<_>>().join(" · ")
}
