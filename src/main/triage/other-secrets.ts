/** What a field of another secret or of plain data is called. */
const DATA = /(?:basic|base64|secret|verifier|challenge|signature|sig|digest|integrity|sha\d{0,3}|md5)$/;

/** Tokens that open no API: of forms, of pages, of a cloud's session; and those that only get another one. */
const OTHER_TOKEN =
  /(?:(?:c|x)srf|refresh|security|session|page|next|continuation|device|push|registration)[-_]?token$|(?:^|[-_])id[-_]?token$/;

/** How other services begin their tokens and keys, so that they are told apart: none of these is Genesys Cloud's. */
const OTHER_SERVICE =
  /^(?:gh[oprsu]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]-|xapp-|npm_|pypi-|sk[-_]|[rp]k_|AKIA|ASIA|AIza|ya29\.|SG\.|hf_|dop_v1_|dckr_pat_|shpat_|hvs\.|AAAA[BCE][23]N?[zV])/;

/** Whether a field has the name of a token that is no access token. @param word lower case */
export const isOtherToken = (word: string): boolean => OTHER_TOKEN.test(word);

/** Whether a value says by its name or its beginning that it is another secret. @param word lower case */
export const isOtherSecret = (word: string, value: string): boolean =>
  DATA.test(word) || isOtherToken(word) || OTHER_SERVICE.test(value);
