import { Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import {
  addLastFilter,
  caughtBy,
  filterClass,
  filtersOn,
  globalFilters,
} from '../../../lib/capture/nest-filters.js';

@Catch(TypeError, RangeError)
class Named implements ExceptionFilter {
  catch(): void {
    // Not asked here.
  }
}
@Catch()
class Everything extends Named {}

class Ours {}
const isOurs = (filter: object): boolean => filter instanceof Ours;

describe('addLastFilter', () => {
  it('puts a filter where Nest asks it last, and replaces an earlier one of its kind', () => {
    @UseFilters(Named, Everything)
    class Gateway {}
    const [first, second] = [new Ours(), new Ours()];
    addLastFilter(Gateway, first, isOurs);
    addLastFilter(Gateway, second, isOurs);
    expect(filtersOn(Gateway)).toEqual([second, Named, Everything]);
    expect(filtersOn(Gateway)[0]).toBe(second);
  });

  it('keeps the filters of the class above, and does not touch it', () => {
    @UseFilters(Named)
    class Base {}
    class Derived extends Base {}
    addLastFilter(Derived, new Ours(), isOurs);
    expect(filtersOn(Derived)).toEqual([new Ours(), Named]);
    expect(filtersOn(Base)).toEqual([Named]);
  });
});

describe('globalFilters', () => {
  it('finds instances, and the classes of filters that are made for each request', () => {
    const config = new ApplicationConfig();
    const named = new Named();
    config.addGlobalFilter(named);
    config.addGlobalRequestFilter(new InstanceWrapper({ metatype: Everything }));
    expect(globalFilters(config)).toEqual([named, Everything]);
    expect(globalFilters(config).map(filterClass)).toEqual([Named, Everything]);
  });
});

describe('caughtBy', () => {
  it('tells which classes a filter catches', () => {
    expect([caughtBy(Named), caughtBy(Everything), caughtBy(Ours)]).toEqual([
      [TypeError, RangeError],
      [],
      [],
    ]);
  });
});
