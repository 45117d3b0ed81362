-- In the order in which rows are claimed, so that PostgreSQL need not sort a long backlog for each claim.

create index webhook_inbox_oldest on webhook_inbox (state, due_at_ms, id);
drop index webhook_inbox_due;
