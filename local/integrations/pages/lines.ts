/** What stands on a page, without its markup: one line each. */
export const linesOf = (page: string): string[] =>
  page
    .slice(page.indexOf('<main>'))
    .replace(/<bdi>|<\/bdi>|<\/?span[^>]*>|<\/?time[^>]*>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
