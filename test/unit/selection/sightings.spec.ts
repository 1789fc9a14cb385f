import { Sightings } from '../../../lib/selection/sightings.js';

describe('Sightings', () => {
  it('knows an object again, a frozen one too, and leaves no trace on it', () => {
    const sightings = new Sightings();
    const error = Object.freeze(new Error('x'));
    expect(sightings.find(error, undefined)).toBeUndefined();
    sightings.remember(error, 'id-1', undefined);
    expect(sightings.find(error, undefined)).toBe('id-1');
    expect(sightings.find(new Error('x'), undefined)).toBeUndefined();
    expect(Reflect.ownKeys(error).sort()).toEqual(['message', 'stack']);
  });

  it('knows a primitive again within one request only', () => {
    const sightings = new Sightings();
    const here = new Map<unknown, string>();
    sightings.remember('boom', 'id-1', here);
    expect(sightings.find('boom', here)).toBe('id-1');
    expect(sightings.find('boom', new Map())).toBeUndefined();
  });
});
