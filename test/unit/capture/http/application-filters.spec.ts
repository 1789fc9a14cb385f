import { Catch, Controller, Get, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { ApplicationConfig, type HttpAdapterHost } from '@nestjs/core';
import { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { TrackException } from '../../../../lib/capture/decorators/track-exception.decorator.js';
import { catchAllFilters } from '../../../../lib/capture/http/application-filters.js';
import { ErrorTrackerFilter } from '../../../../lib/capture/http/error-tracker.filter.js';
import { recordingIntake } from '../../../support/failures.js';

@Catch()
class Everything implements ExceptionFilter {
  catch(): void {
    // Not asked here.
  }
}
@Catch(TypeError)
class Named extends Everything {}
@Catch()
class ForEachRequest extends Everything {}
@Catch()
class OnMethod extends Everything {}
@Catch()
class Tracked implements ExceptionFilter {
  @TrackException()
  catch(): void {
    // Not asked here.
  }
}
@Catch()
class TrackedAbove extends Tracked {}

const configWith = (...filters: ExceptionFilter[]): ApplicationConfig => {
  const config = new ApplicationConfig();
  for (const filter of filters) config.addGlobalFilter(filter);
  return config;
};

describe('catchAllFilters', () => {
  it('names global filters that take everything, each once', () => {
    const config = configWith(new Everything(), new Everything(), new Named());
    config.addGlobalRequestFilter(new InstanceWrapper({ metatype: ForEachRequest }));
    expect(catchAllFilters(config, [])).toEqual(['Everything', 'ForEachRequest']);
  });

  it('names those on controllers and their methods, inherited ones included', () => {
    @UseFilters(new Everything(), Named)
    class Base {
      @Get()
      @UseFilters(OnMethod)
      list(): void {
        // Not called here.
      }
    }
    @Controller()
    class Page extends Base {}
    expect(catchAllFilters(configWith(), [Page, undefined])).toEqual(['Everything', 'OnMethod']);
  });

  it("leaves out the tracker's own, and those that are tracked, on a class above too", () => {
    const own = new ErrorTrackerFilter(recordingIntake().intake, {} as HttpAdapterHost, false);
    expect(catchAllFilters(configWith(own, new Tracked(), new TrackedAbove()), [])).toEqual([]);
  });
});
