use proptest::prelude::*;
use shared_types::calls::Call;
use shared_types::events::{CloseReason, MenuChanged, OrderDeleted, SessionClosed, StoreEvent, TableChanged};
use shared_types::orders::{BoardSnapshot, Order, OrderStatus};

use super::super::sample::{at, call, order, seated, snapshot, table, table_id};
use super::{Board, Fed};

fn loaded() -> Board {
    let mut board = Board::default();
    let tables = vec![table(10), seated(2, 1, 0), table(1)];
    assert_eq!(board.load(snapshot(tables, vec![order(1, 2, 1, 0)], 7)), Fed::Applied);
    board
}

fn moved(order: &Order, status: OrderStatus, minutes: i64) -> Order {
    Order { status, updated_at: at(minutes), ..order.clone() }
}

#[test]
fn an_empty_board_asks_for_a_snapshot_and_keeps_what_comes_meanwhile() {
    let mut board = Board::default();
    assert!(!board.is_loaded());
    assert_eq!(board.apply(Some(8), StoreEvent::OrderCreated(order(2, 1, 2, 1))), Fed::Refetch);
    assert_eq!(board.load(snapshot(vec![table(1)], vec![], 7)), Fed::Applied);
    assert_eq!(board.orders().count(), 1);
    assert_eq!(board.last_event_id(), Some(8));
}

#[test]
fn tables_stand_in_the_order_of_their_numbers() {
    let numbers: Vec<_> = loaded().tables().iter().map(|table| table.table_number.clone()).collect();
    assert_eq!(numbers, ["1", "2", "10"]);
}

#[test]
fn a_first_order_opens_the_session_and_repeats_change_nothing() {
    let mut board = loaded();
    let event = StoreEvent::OrderCreated(order(2, 1, 2, 3));
    assert_eq!(board.apply(Some(8), event.clone()), Fed::Applied);
    let session = board.table(table_id(1)).and_then(|table| table.session).unwrap();
    assert_eq!(session.opened_at, at(3));
    let before = board.clone();
    assert_eq!(board.apply(Some(8), event.clone()), Fed::Ignored);
    assert_eq!(board.apply(Some(3), event), Fed::Ignored);
    assert_eq!(board, before);
}

#[test]
fn a_gap_waits_for_a_snapshot_and_then_goes_on() {
    let mut board = loaded();
    let first = order(1, 2, 1, 0);
    let done = StoreEvent::OrderUpdated(moved(&first, OrderStatus::Completed, 9));
    assert_eq!(board.apply(Some(9), done), Fed::Refetch);
    assert_eq!(board.order(first.id).unwrap().status, OrderStatus::Pending);
    // A snapshot that is still behind the event is completed by it.
    let prepared = moved(&first, OrderStatus::Preparing, 8);
    assert_eq!(board.load(snapshot(vec![seated(2, 1, 0)], vec![prepared], 8)), Fed::Applied);
    assert_eq!(board.order(first.id).unwrap().status, OrderStatus::Completed);
    assert!(!board.needs_snapshot());
}

#[test]
fn the_missing_event_closes_the_gap_too() {
    let mut board = loaded();
    let first = order(1, 2, 1, 0);
    assert_eq!(board.apply(Some(9), StoreEvent::MenuChanged(MenuChanged { version: 3 })), Fed::Refetch);
    let update = StoreEvent::OrderUpdated(moved(&first, OrderStatus::Preparing, 5));
    assert_eq!(board.apply(Some(8), update), Fed::Applied);
    assert_eq!(board.last_event_id(), Some(9));
}

#[test]
fn unknown_tables_and_orders_ask_for_a_snapshot() {
    for event in [
        StoreEvent::OrderCreated(order(2, 99, 2, 1)),
        StoreEvent::OrderUpdated(order(77, 1, 2, 1)),
        StoreEvent::TableChanged(TableChanged { table_id: table_id(1) }),
        StoreEvent::CallCreated(call(1, 99, 1)),
        StoreEvent::Reset,
    ] {
        assert_eq!(loaded().apply(Some(8), event), Fed::Refetch);
    }
    assert_eq!(loaded().apply(None, StoreEvent::Reset), Fed::Refetch);
}

#[test]
fn an_old_snapshot_changes_nothing_unless_the_stream_was_reset() {
    let mut board = loaded();
    assert_eq!(board.load(snapshot(vec![], vec![], 6)), Fed::Ignored);
    assert_eq!(board.orders().count(), 1);
    board.apply(None, StoreEvent::Reset);
    assert!(board.needs_snapshot() && board.is_loaded());
    assert_eq!(board.load(snapshot(vec![table(1)], vec![], 6)), Fed::Applied);
    assert_eq!(board.orders().count(), 0);
}

#[test]
fn an_older_state_never_replaces_a_newer_one() {
    let mut board = loaded();
    let first = order(1, 2, 1, 0);
    board.merge(Order { acknowledged_at: Some(at(4)), ..moved(&first, OrderStatus::Completed, 5) });
    board.apply(Some(8), StoreEvent::OrderUpdated(moved(&first, OrderStatus::Preparing, 3)));
    assert_eq!(board.order(first.id).unwrap().status, OrderStatus::Completed);
    assert_eq!(board.load(snapshot(vec![seated(2, 1, 0)], vec![first.clone()], 8)), Fed::Applied);
    let known = board.order(first.id).unwrap();
    assert_eq!((known.status, known.acknowledged_at), (OrderStatus::Completed, Some(at(4))));
}

#[test]
fn what_this_screen_removed_does_not_come_back() {
    let mut board = loaded();
    let first = order(1, 2, 1, 0);
    board.remove(first.id);
    assert_eq!(board.load(snapshot(vec![seated(2, 1, 0)], vec![first.clone()], 7)), Fed::Applied);
    assert_eq!(board.orders().count(), 0);
    assert_eq!(board.apply(Some(8), StoreEvent::OrderUpdated(first.clone())), Fed::Applied);
    let gone = OrderDeleted { order_id: first.id, table_id: first.table_id, session_id: first.session_id };
    assert_eq!(board.apply(Some(9), StoreEvent::OrderDeleted(gone)), Fed::Applied);
    assert_eq!(board.orders().count(), 0);
    // A late answer for it does not bring it back either.
    board.merge(first);
    assert_eq!(board.orders().count(), 0);
}

#[test]
fn closing_a_session_frees_its_table_and_only_that() {
    let mut board = loaded();
    board.apply(Some(8), StoreEvent::OrderCreated(order(2, 1, 2, 3)));
    let first = order(1, 2, 1, 0);
    let closed = SessionClosed {
        session_id: first.session_id,
        table_id: first.table_id,
        reason: CloseReason::Finished,
    };
    assert_eq!(board.apply(Some(9), StoreEvent::SessionClosed(closed)), Fed::Applied);
    assert_eq!(board.table(table_id(2)).unwrap().session, None);
    assert!(board.table(table_id(1)).unwrap().session.is_some());
    assert_eq!(board.orders().count(), 1);
}

#[test]
fn calls_come_and_go_once() {
    let mut board = loaded();
    let water = call(1, 2, 1);
    board.apply(Some(8), StoreEvent::CallCreated(water.clone()));
    assert_eq!(board.calls().count(), 1);
    board.take_call(water.id);
    let mut late = snapshot(vec![seated(2, 1, 0)], vec![], 8);
    late.calls = vec![water.clone()];
    board.load(late);
    assert_eq!(board.calls().count(), 0);
    assert_eq!(board.apply(Some(9), StoreEvent::CallAcknowledged(water)), Fed::Applied);
    assert!(board.taken_calls.is_empty());
}

/// The server as far as the board can see it.
#[derive(Debug, Clone)]
struct Server {
    state: BoardSnapshot,
    sent: Vec<StoreEvent>,
    next_order: u32,
    next_session: u32,
    next_call: u32,
    clock: i64,
}

/// One thing that happens in the restaurant.
#[derive(Debug, Clone)]
enum Step {
    Order { table: usize },
    Forward { order: usize },
    Acknowledge { order: usize },
    Delete { order: usize },
    Finish { table: usize },
    Call { table: usize },
    TakeCall { call: usize },
    AddTable,
    Menu,
}

impl Server {
    fn new() -> Self {
        let state = snapshot((1..=3).map(table).collect(), vec![], 0);
        Self { state, sent: vec![], next_order: 0, next_session: 0, next_call: 0, clock: 0 }
    }

    fn emit(&mut self, event: StoreEvent) {
        self.state.last_event_id += 1;
        self.sent.push(event);
    }

    fn update(&mut self, index: usize, change: impl FnOnce(&mut Order)) {
        let count = self.state.orders.len();
        if count == 0 {
            return;
        }
        let order = &mut self.state.orders[index % count];
        change(order);
        order.updated_at = at(self.clock);
        let order = order.clone();
        self.emit(StoreEvent::OrderUpdated(order));
    }

    fn step(&mut self, step: &Step) {
        self.clock += 1;
        let now = self.clock;
        match *step {
            Step::Order { table } => self.place(table),
            Step::Forward { order } => self.update(order, |order| {
                order.status = order.status.next().unwrap_or(OrderStatus::Completed);
            }),
            Step::Acknowledge { order } => self.update(order, |order| {
                order.acknowledged_at = order.acknowledged_at.or(Some(at(now)));
            }),
            Step::Delete { order } if !self.state.orders.is_empty() => {
                let count = self.state.orders.len();
                let gone = self.state.orders.remove(order % count);
                self.emit(StoreEvent::OrderDeleted(OrderDeleted {
                    order_id: gone.id,
                    table_id: gone.table_id,
                    session_id: gone.session_id,
                }));
            }
            Step::Finish { table } => self.finish(table),
            Step::Call { table } => {
                self.next_call += 1;
                let number = 1 + (table % self.state.tables.len()) as u32;
                let call = call(self.next_call, number, now);
                self.state.calls.push(call.clone());
                self.emit(StoreEvent::CallCreated(call));
            }
            Step::TakeCall { call } if !self.state.calls.is_empty() => {
                let count = self.state.calls.len();
                let taken = self.state.calls.remove(call % count);
                self.emit(StoreEvent::CallAcknowledged(Call { acknowledged_at: Some(at(now)), ..taken }));
            }
            Step::AddTable => {
                let added = table(1 + self.state.tables.len() as u32);
                self.state.tables.push(added.clone());
                self.emit(StoreEvent::TableChanged(TableChanged { table_id: added.id }));
            }
            Step::Menu => self.emit(StoreEvent::MenuChanged(MenuChanged { version: now })),
            Step::Delete { .. } | Step::TakeCall { .. } => {}
        }
    }

    fn place(&mut self, table: usize) {
        let count = self.state.tables.len();
        let index = table % count;
        self.next_order += 1;
        let number = index as u32 + 1;
        if self.state.tables[index].session.is_none() {
            self.next_session += 1;
            self.state.tables[index] = seated(number, self.next_session, self.clock);
        }
        let mut placed = order(self.next_order, number, 0, self.clock);
        if let Some(session) = &mut self.state.tables[index].session {
            session.last_order_at = placed.created_at;
            placed.session_id = session.id;
        }
        self.state.orders.push(placed.clone());
        self.emit(StoreEvent::OrderCreated(placed));
    }

    fn finish(&mut self, table: usize) {
        let count = self.state.tables.len();
        let Some(session) = self.state.tables[table % count].session.take() else { return };
        self.state.orders.retain(|order| order.session_id != session.id);
        self.emit(StoreEvent::SessionClosed(SessionClosed {
            session_id: session.id,
            table_id: self.state.tables[table % count].id,
            reason: CloseReason::Finished,
        }));
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..9usize).prop_map(|table| Step::Order { table }),
        4 => (0..9usize).prop_map(|order| Step::Forward { order }),
        2 => (0..9usize).prop_map(|order| Step::Acknowledge { order }),
        1 => (0..9usize).prop_map(|order| Step::Delete { order }),
        1 => (0..9usize).prop_map(|table| Step::Finish { table }),
        2 => (0..9usize).prop_map(|table| Step::Call { table }),
        1 => (0..9usize).prop_map(|call| Step::TakeCall { call }),
        1 => Just(Step::AddTable),
        1 => Just(Step::Menu),
    ];
    prop::collection::vec(step, 1..60)
}

/// What the network does with the event that was just sent.
#[derive(Debug, Clone)]
enum Fate {
    Arrive,
    Lose,
    Twice,
    /// The event arrives together with everything sent up to `back` events before it, as after a reconnect.
    Replay {
        back: usize,
    },
    /// A snapshot from `age` events ago arrives late.
    StaleSnapshot {
        age: usize,
    },
    Reset,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        6 => Just(Fate::Arrive),
        2 => Just(Fate::Lose),
        2 => Just(Fate::Twice),
        2 => (0..8usize).prop_map(|back| Fate::Replay { back }),
        1 => (0..5usize).prop_map(|age| Fate::StaleSnapshot { age }),
        1 => Just(Fate::Reset),
    ];
    prop::collection::vec(fate, 60)
}

fn sorted(board: &Board) -> (Vec<Order>, Vec<Call>, String) {
    let tables = format!("{:?}", board.tables());
    (board.orders().cloned().collect(), board.calls().cloned().collect(), tables)
}

proptest! {
    /// Whatever is lost, doubled, replayed or late: once the last event is there and the asked-for snapshots
    /// were loaded, the board is what the server has.
    #[test]
    fn ends_in_the_servers_state(steps in steps(), fates in fates(), fetch_late: bool) {
        let mut server = Server::new();
        let mut past = vec![server.state.clone()];
        let mut board = Board::default();
        board.load(server.state.clone());
        for (step, fate) in steps.iter().zip(&fates) {
            let before = server.sent.len();
            server.step(step);
            let sent = server.sent.len();
            past.push(server.state.clone());
            let feed = |board: &mut Board, range: std::ops::Range<usize>| {
                for index in range {
                    board.apply(Some(index as i64 + 1), server.sent[index].clone());
                }
            };
            match *fate {
                Fate::Arrive => feed(&mut board, before..sent),
                Fate::Lose => {}
                Fate::Twice => { feed(&mut board, before..sent); feed(&mut board, before..sent) }
                Fate::Replay { back } => feed(&mut board, before.saturating_sub(back)..sent),
                Fate::StaleSnapshot { age } => {
                    let index = past.len().saturating_sub(age + 1);
                    board.load(past[index].clone());
                    feed(&mut board, before..sent);
                }
                Fate::Reset => { board.apply(None, StoreEvent::Reset); }
            }
            if board.needs_snapshot() && !fetch_late {
                board.load(server.state.clone());
                prop_assert!(!board.needs_snapshot());
            }
        }
        // The stream catches up: one more event arrives, and the snapshot that the board then asks for.
        server.step(&Step::Menu);
        board.apply(Some(server.sent.len() as i64), server.sent[server.sent.len() - 1].clone());
        if board.needs_snapshot() {
            board.load(server.state.clone());
        }
        let mut fresh = Board::default();
        fresh.load(server.state.clone());
        prop_assert_eq!(sorted(&board), sorted(&fresh));
        prop_assert_eq!(board.last_event_id(), Some(server.state.last_event_id));
        prop_assert!(!board.needs_snapshot());
    }
}
