-- Matches are numbered in the order in which they began, so that the events of those that go on lie side by side: a thousand
-- moves of a thousand matches then change a few pages, where ids at random would change a thousand.
create table numbered_match (
  number integer primary key,
  id text not null unique,
  game text not null,
  created_at integer not null,
  ended_at integer
);

insert into numbered_match (id, game, created_at, ended_at)
select id, game, created_at, case when is_over then (select max(at) from match_event where match_id = id) end
from match
order by created_at, id;

create table numbered_event (
  match_number integer not null references numbered_match (number),
  number integer not null,
  at integer not null,
  event text not null,
  primary key (match_number, number)
) without rowid;

insert into numbered_event (match_number, number, at, event)
select numbered_match.number, match_event.number, match_event.at, match_event.event
from match_event join numbered_match on numbered_match.id = match_event.match_id;

drop table match_event;
drop table match;
alter table numbered_match rename to match;
alter table numbered_event rename to match_event;

create index match_that_goes_on on match (number) where ended_at is null;
