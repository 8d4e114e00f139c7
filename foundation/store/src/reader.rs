//! Reader threads: each has its own connection and gives every closure one snapshot.

use std::{sync::Arc, time::Duration};

use crate::{ReadTx, StoreConfig, StoreError, engine::Connection, queue::Waited, store::Shared};

pub(crate) fn run(config: &StoreConfig, shared: &Arc<Shared>) {
    let mut connection = None;
    loop {
        match shared.reads.wait(Duration::from_secs(60)) {
            Waited::Item(call) => match ready(&mut connection, config) {
                Ok(open) => {
                    let mut tx = ReadTx {
                        connection: open,
                        statements: &shared.statements,
                        failed: false,
                    };
                    call.run(Ok(&mut tx));
                    open.end_read();
                }
                Err(error) => call.run(Err(error)),
            },
            Waited::Nothing => {}
            Waited::Closed => return,
        }
    }
}

/// A connection with a snapshot begun: the one at hand, or a new one when that is lost.
fn ready<'a>(
    held: &'a mut Option<Connection>,
    config: &StoreConfig,
) -> Result<&'a mut Connection, StoreError> {
    if held.as_ref().is_some_and(Connection::is_lost) {
        *held = None;
    }
    let connection = match held {
        Some(connection) => connection,
        None => held.insert(Connection::open_reader(config)?),
    };
    connection.begin_read()?;
    Ok(connection)
}
