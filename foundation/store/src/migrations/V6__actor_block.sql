-- A help for finding what one actor did, made from the log and thrown away without loss: who acted in
-- each 4,096 entries of a writer's chain, and when. `newest_at` is the latest moment of this block and
-- all before it. A row whose code does not fit is not believed; its entries are read instead.
create table actor_block (
    writer {int} not null,
    block {int} not null,
    first_at {int} not null,
    last_at {int} not null,
    newest_at {int} not null,
    actors {blob} not null,
    code {blob} not null,
    primary key (writer, block)
);
