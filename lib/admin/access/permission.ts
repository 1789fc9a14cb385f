/** `view` reads; `triage` changes states; `delete` removes issues with their events. */
export type AdminAction = 'view' | 'triage' | 'delete';

/**
 * Decides who may use the dashboard and its API. Register it with
 * `forRoot({ permission: MyPermission })`; Nest's DI builds it. Without one the dashboard is not
 * mounted.
 */
export abstract class Permission {
  /**
   * @param request the framework's request object
   * @returns only a literal `true` admits; anything else denies, and so does a throw or no answer
   *   within 5 seconds
   */
  abstract allows(request: unknown, action: AdminAction): boolean | Promise<boolean>;
}
