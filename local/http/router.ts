/** A route of the API: method (or `ANY`) and path with `{name}` and, last, `{name+}`; the path `$default` takes the rest. */
export type Routed = { method: string; path: string };

/** The route of a request with the values of its path, decoded. */
export type Found<R> = { route: R; parameters: Record<string, string> };

type Node<R> = {
  fixed: Map<string, Node<R>>;
  parameter: Node<R> | undefined;
  /** By method. */
  routes: Map<string, R>;
  greedy: Map<string, R>;
};

const node = <R>(): Node<R> => ({
  fixed: new Map(),
  parameter: undefined,
  routes: new Map(),
  greedy: new Map(),
});

const PARAMETER = /^\{([\w.-]+)\}$/;
const GREEDY = /^\{([\w.-]+)\+\}$/;

/**
 * Makes a tree of routes once. A fixed segment goes before a parameter, a parameter before a greedy one, a method
 * before `ANY`, and all of them before `$default`.
 *
 * @throws for two routes of one method and shape, and for a greedy segment that is not the last
 */
export const createRouter = <R extends Routed>(routes: readonly R[]) => {
  const root = node<R>();
  let fallback: R | undefined;
  for (const route of routes) {
    if (route.path === '$default') fallback = route;
    else add(root, route);
  }
  return (method: string, path: string): Found<R> | undefined => {
    const segments = path.split('/').slice(1);
    const route = find(root, method, segments, 0);
    if (route !== undefined) return { route, parameters: parametersOf(route.path, segments) };
    return fallback === undefined ? undefined : { route: fallback, parameters: {} };
  };
};

const add = <R extends Routed>(root: Node<R>, route: R): void => {
  let place = root;
  const segments = route.path.split('/').slice(1);
  const name = `${route.method} ${route.path}`;
  for (const [at, segment] of segments.entries()) {
    if (GREEDY.test(segment)) {
      if (at < segments.length - 1) throw new Error(`route ${name}: ${segment} has to be the last segment`);
      put(place.greedy, route, name);
      return;
    }
    if (PARAMETER.test(segment)) {
      place.parameter ??= node<R>();
      place = place.parameter;
    } else {
      const next = place.fixed.get(segment) ?? node<R>();
      place.fixed.set(segment, next);
      place = next;
    }
  }
  put(place.routes, route, name);
};

const put = <R extends Routed>(routes: Map<string, R>, route: R, name: string): void => {
  const other = routes.get(route.method);
  if (other !== undefined) throw new Error(`route ${name}: ${other.path} already takes these requests`);
  routes.set(route.method, route);
};

const find = <R>(place: Node<R>, method: string, segments: readonly string[], at: number): R | undefined => {
  const segment = segments[at];
  if (segment === undefined) return place.routes.get(method) ?? place.routes.get('ANY');
  const fixed = place.fixed.get(segment);
  return (
    (fixed && find(fixed, method, segments, at + 1)) ??
    // An empty segment, as after a closing slash, is no value of a parameter.
    (segment === '' || place.parameter === undefined
      ? undefined
      : find(place.parameter, method, segments, at + 1)) ??
    (segment === '' ? undefined : (place.greedy.get(method) ?? place.greedy.get('ANY')))
  );
};

const parametersOf = (path: string, segments: readonly string[]): Record<string, string> => {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of path.split('/').slice(1).entries()) {
    const single = PARAMETER.exec(segment)?.[1];
    const greedy = GREEDY.exec(segment)?.[1];
    if (single !== undefined) parameters[single] = decoded(segments[at] ?? '');
    if (greedy !== undefined) parameters[greedy] = segments.slice(at).map(decoded).join('/');
  }
  return parameters;
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray % is the caller's text, and the handler's schema will judge it
  }
};
