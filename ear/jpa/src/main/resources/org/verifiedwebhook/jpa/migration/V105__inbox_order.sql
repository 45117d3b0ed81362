-- What is done of an ordering key is passed over without being read. Drops first: a claim under way would wait for the new
-- index, and the end of the old one for the claim.

drop index webhook_inbox_order;
create index webhook_inbox_of_key on webhook_inbox (ordering_key, state, id);
