-- Whether both players are the server's own: there are many such matches, and lists of matches may leave them out.
alter table match add column among_agents integer not null default 0;

update match set among_agents = 1 where number in (
  select match_number from match_event
  where number = 1 and event like '%"first":{"kind":"agent"%' and event like '%"second":{"kind":"agent"%'
);

create index match_with_others on match (number) where among_agents = 0;
