// Hosts' players: how each is told where to start, and how one talks with it once it is there. Loom's can't be talked
// with; it starts anew for each second.
//
// The messages are those of YouTube's IFrame API and of Vimeo's player.js, without loading either.

/**
 * @typedef {object} Said
 * @property {number} [time] seconds
 * @property {boolean} [playing]
 *
 * @typedef {object} Host
 * @property {string} origin where its player comes from, and the only one whose messages count
 * @property {(embed: URL, at: number) => void} start makes an address start at a second
 * @property {(link: URL, at: number) => void} link the same for where people watch it on the host's own site
 * @property {unknown[]} [greeting] what makes it tell of itself
 * @property {(at: number) => unknown[]} [seek]
 * @property {unknown[]} [play]
 * @property {unknown[]} [pause]
 * @property {(message: Record<string, any>) => Said} [hear]
 */

/** @param {string} func @param {...unknown} args */
const youtube = (func, ...args) => ({ event: "command", func, args });

/** The states of YouTube's player in which it plays or is about to. */
const PLAYS = [1, 3];

/** @param {unknown} value */
const number = (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** @type {Record<string, Host>} */
export const HOSTS = {
  loom: {
    origin: "https://www.loom.com",
    start: (embed, at) => {
      embed.searchParams.set("autoplay", "1");
      if (at > 0) embed.searchParams.set("t", `${at}s`);
    },
    link: (link, at) => link.searchParams.set("t", String(at)),
  },
  youtube: {
    origin: "https://www.youtube-nocookie.com",
    start: (embed, at) => {
      embed.searchParams.set("autoplay", "1");
      embed.searchParams.set("origin", location.origin);
      if (at > 0) embed.searchParams.set("start", String(at));
    },
    link: (link, at) => link.searchParams.set("t", `${at}s`),
    greeting: [{ event: "listening", id: 1, channel: "widget" }],
    seek: (at) => [youtube("seekTo", at, true)],
    play: [youtube("playVideo")],
    pause: [youtube("pauseVideo")],
    hear: ({ info }) => {
      const state = number(info?.playerState);
      return { time: number(info?.currentTime), playing: state === undefined ? undefined : PLAYS.includes(state) };
    },
  },
  vimeo: {
    origin: "https://player.vimeo.com",
    start: (embed, at) => {
      embed.searchParams.set("autoplay", "1");
      if (at > 0) embed.hash = `t=${at}s`;
    },
    link: (link, at) => {
      link.hash = `t=${at}s`;
    },
    greeting: ["play", "pause", "ended", "timeupdate", "seeked"].map((value) => ({ method: "addEventListener", value })),
    seek: (at) => [{ method: "setCurrentTime", value: at }],
    play: [{ method: "play" }],
    pause: [{ method: "pause" }],
    hear: ({ event, data }) => {
      const playing = event === "play" ? true : event === "pause" || event === "ended" ? false : undefined;
      return { time: number(data?.seconds), playing };
    },
  },
};
