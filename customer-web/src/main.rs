//! Starts the diners' app.

fn main() {
    customer_web::start();
}
