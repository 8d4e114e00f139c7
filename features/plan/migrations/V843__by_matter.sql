-- Plans are found by their matter or their client; an index by state and day of review led SQLite to every plan of the county.
drop index plan_review_due;
