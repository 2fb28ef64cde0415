//! What a sheet would do to the menu, and everything that is wrong with it.

use std::collections::{HashMap, HashSet};

use shared_types::menu::{Menu, MenuBoard, Translations};
use shared_types::menu_edit::MenuUpdate;
use shared_types::menu_sheet::{SHEET_MAX_ROWS, SheetError};
use shared_types::{CategoryId, ErrorCode, MenuId, Money};
use uuid::Uuid;

use super::columns::{Categories, Column, normal};
use crate::csv::{parse, unguarded};

/// A dish after the import, and before it if it was there.
#[derive(Debug)]
pub(super) struct Planned {
    pub before: Option<Menu>,
    pub after: Menu,
}

/// What is to be done, in the order of the sheet.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub changes: Vec<Planned>,
    pub unchanged: u32,
    pub errors: Vec<SheetError>,
}

impl Plan {
    /// Reads a sheet against the menu as it is.
    pub fn of(text: &str, board: &MenuBoard) -> Self {
        let mut plan = Self::default();
        match parse::rows(text) {
            Ok(rows) => match rows.split_first() {
                Some((heading, rows)) => plan.read(heading, rows, board),
                None => plan.error(1, "", ErrorCode::Required),
            },
            Err(line) => plan.error(line, "", ErrorCode::InvalidFormat),
        }
        plan
    }

    fn error(&mut self, line: u32, column: &str, code: ErrorCode) {
        self.errors.push(SheetError { line, column: column.to_owned(), code });
    }

    fn read(&mut self, heading: &parse::Row, rows: &[parse::Row], board: &MenuBoard) {
        let columns = self.columns(heading);
        if rows.len() > SHEET_MAX_ROWS {
            self.error(rows[SHEET_MAX_ROWS].line, "", ErrorCode::TooLong);
        }
        if !self.errors.is_empty() {
            return;
        }
        let sheet = Reading::new(columns, board);
        let mut seen: HashSet<MenuId> = HashSet::new();
        let mut lines: HashMap<MenuId, u32> = HashMap::new();
        for row in rows {
            match sheet.row(row) {
                Ok(planned) if !seen.insert(planned.after.id) => {
                    self.error(row.line, "", ErrorCode::NameTaken)
                }
                Ok(planned) => {
                    lines.insert(planned.after.id, row.line);
                    match &planned.before {
                        Some(before) if sheet.same(before, &planned.after) => self.unchanged += 1,
                        _ => self.changes.push(planned),
                    }
                }
                Err(errors) => self.errors.extend(errors),
            }
        }
        self.refuse_taken_names(board, &lines);
    }

    /// The column of each place of the heading.
    fn columns(&mut self, heading: &parse::Row) -> Vec<Column> {
        let all = Column::all();
        let mut columns = Vec::new();
        for cell in &heading.cells {
            let name = normal(unguarded(cell)).to_lowercase();
            match all.iter().find(|column| column.heading() == name) {
                Some(column) if !columns.contains(column) => columns.push(*column),
                _ => self.error(heading.line, &name, ErrorCode::InvalidFormat),
            }
        }
        for needed in [Column::Category, Column::Name, Column::Price] {
            if !columns.contains(&needed) {
                self.error(heading.line, &needed.heading(), ErrorCode::Required);
            }
        }
        columns
    }

    /// After everything is done, a name stands for one dish.
    fn refuse_taken_names(&mut self, board: &MenuBoard, lines: &HashMap<MenuId, u32>) {
        let changed: HashSet<MenuId> = self.changes.iter().map(|change| change.after.id).collect();
        let untouched = board.menus.iter().filter(|menu| !changed.contains(&menu.id));
        let mut taken: HashSet<String> = untouched.map(|menu| menu.name.to_lowercase()).collect();
        let doubles = self.changes.iter().filter(|change| !taken.insert(change.after.name.to_lowercase()));
        let doubles: Vec<u32> = doubles.filter_map(|change| lines.get(&change.after.id).copied()).collect();
        for line in doubles {
            self.error(line, "name", ErrorCode::NameTaken);
        }
        self.errors.sort_by_key(|error| error.line);
    }
}

/// What rows are read against.
struct Reading<'a> {
    columns: Vec<Column>,
    categories: Categories,
    board: &'a MenuBoard,
}

impl<'a> Reading<'a> {
    fn new(columns: Vec<Column>, board: &'a MenuBoard) -> Self {
        let names = board.categories.iter().map(|c| (c.id, c.name.clone())).collect();
        let ids = board.categories.iter().map(|c| (c.name.to_lowercase(), c.id)).collect();
        Self { columns, categories: Categories { names, ids }, board }
    }

    fn row(&self, row: &parse::Row) -> Result<Planned, Vec<SheetError>> {
        let error = |column: &str, code| SheetError { line: row.line, column: column.to_owned(), code };
        if row.cells.len() > self.columns.len() {
            return Err(vec![error("", ErrorCode::InvalidFormat)]);
        }
        let cells: Vec<String> = row.cells.iter().map(|cell| normal(unguarded(cell))).collect();
        let cells: Vec<(Column, &str)> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| (*column, cells.get(place).map_or("", String::as_str)))
            .collect();
        let before = self.known(&cells).map_err(|code| vec![error("id", code)])?;
        let mut after = before.cloned().unwrap_or_else(blank);
        let mut errors: Vec<SheetError> = cells
            .iter()
            .filter_map(|(column, cell)| {
                Some(error(&column.heading(), column.read(cell, &mut after, &self.categories).err()?))
            })
            .collect();
        let wrong = check(&after).into_iter().map(|(column, code)| error(&column, code));
        let known: HashSet<String> = errors.iter().map(|error| error.column.clone()).collect();
        errors.extend(wrong.filter(|error| !known.contains(&error.column)));
        if errors.is_empty() { Ok(Planned { before: before.cloned(), after }) } else { Err(errors) }
    }

    /// The dish that a row is about: by its id, else by category and name.
    fn known(&self, cells: &[(Column, &str)]) -> Result<Option<&'a Menu>, ErrorCode> {
        let cell =
            |wanted: Column| cells.iter().find(|(column, _)| *column == wanted).map_or("", |(_, c)| *c);
        let id = cell(Column::Id);
        if !id.is_empty() {
            let id = MenuId(id.parse().map_err(|_| ErrorCode::InvalidFormat)?);
            return self.board.menus.iter().find(|menu| menu.id == id).map(Some).ok_or(ErrorCode::NotFound);
        }
        let category = self.categories.ids.get(&cell(Column::Category).to_lowercase());
        let name = cell(Column::Name).to_lowercase();
        let same = |menu: &&Menu| Some(&menu.category_id) == category && menu.name.to_lowercase() == name;
        Ok(self.board.menus.iter().find(same))
    }

    /// Whether a sheet says the same of both.
    fn same(&self, one: &Menu, other: &Menu) -> bool {
        let cell = |column: &Column, menu| normal(&column.cell(menu, &self.categories));
        self.columns.iter().all(|column| cell(column, one) == cell(column, other))
    }
}

fn blank() -> Menu {
    Menu {
        id: MenuId(Uuid::now_v7()),
        category_id: CategoryId(Uuid::nil()),
        name: String::new(),
        description: None,
        translations: Translations::new(),
        price: Money::ZERO,
        image_url: None,
        is_available: true,
        badges: Vec::new(),
        spicy_level: 0,
        allergens: Vec::new(),
        option_groups: Vec::new(),
    }
}

/// What is wrong with a dish, by column: the same rules as everywhere.
fn check(menu: &Menu) -> Vec<(String, ErrorCode)> {
    let update = MenuUpdate {
        name: Some(menu.name.clone()),
        description: Some(menu.description.clone()),
        translations: Some(menu.translations.clone()),
        price: Some(menu.price),
        spicy_level: Some(menu.spicy_level),
        ..MenuUpdate::default()
    };
    let column = |field: &str| match field.strip_prefix("translations.").and_then(|rest| rest.split_once('.'))
    {
        Some((lang, kind)) => format!("{kind}_{lang}"),
        None => field.to_owned(),
    };
    let wrong = update.check().0.into_iter();
    wrong.filter_map(|(field, codes)| Some((column(&field), *codes.first()?))).collect()
}
