-- What follows from the events of rated matches: kept with the event that ends a match, and computed anew by 'tabula rebuild'.
create table player (
  id text primary key,
  name text not null,
  kind text not null
);

-- Rated games count in the order of ended_at. Ratings are those after the game.
create table rated_game (
  match_number bigint primary key references match (number),
  game text not null,
  pool text not null,
  ended_at bigint not null,
  first_player text not null references player (id),
  second_player text not null references player (id),
  first_score double precision not null,
  first_rating double precision not null,
  second_rating double precision not null
);

create index rated_game_in_order on rated_game (ended_at);
create index rated_game_of_first on rated_game (first_player, ended_at);
create index rated_game_of_second on rated_game (second_player, ended_at);

create table rating (
  game text not null,
  pool text not null,
  player text not null references player (id),
  rating double precision not null,
  deviation double precision not null,
  volatility double precision not null,
  games integer not null,
  at bigint not null,
  primary key (game, pool, player)
);
