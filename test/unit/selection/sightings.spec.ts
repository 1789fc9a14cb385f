import { Sightings, type Seen } from '../../../lib/selection/sightings.js';

const request = (): Seen => ({ source: 'http', reporting: {} });

describe('Sightings', () => {
  it('knows an object again, a frozen one too, and leaves no trace on it', () => {
    const sightings = new Sightings();
    const here = request();
    const error = Object.freeze(new Error('x'));
    expect(sightings.find(error, here)).toBeUndefined();
    sightings.remember(error, 'id-1', here);
    expect(sightings.find(error, here)).toBe('id-1');
    expect(sightings.find(new Error('x'), here)).toBeUndefined();
    expect(Reflect.ownKeys(error).sort()).toEqual(['message', 'stack']);
  });

  it('takes a constant that another request throws for a new failure', () => {
    const sightings = new Sightings();
    const constant = new Error('no stock');
    sightings.remember(constant, 'id-1', request());
    expect(sightings.find(constant, request())).toBeUndefined();
  });

  it.each<[string, Seen]>([
    ['a door of another kind', { source: 'cron', reporting: {} }],
    ['a door that knows of no request', { source: 'http', reporting: undefined }],
  ])('takes what %s saw before for the same failure', (_name, before) => {
    const sightings = new Sightings();
    const error = new Error('x');
    sightings.remember(error, 'id-1', before);
    expect(sightings.find(error, request())).toBe('id-1');
  });

  it('knows a primitive again within one request only', () => {
    const sightings = new Sightings();
    const here = request();
    sightings.remember('boom', 'id-1', here);
    expect(sightings.find('boom', here)).toBe('id-1');
    expect(sightings.find('boom', request())).toBeUndefined();
  });
});
