-- A seal over how a version stands before everybody: its number, title and period, its state, its days, reasons and hands. The
-- key is not here. A version that was public before this step has none, and is not shown until a new version is released.
alter table publication_version add column public_seal {blob};
-- A digest of the tables of its runs as they were when it was released: no table of another version can take their place.
alter table publication_version add column public_runs {blob};
