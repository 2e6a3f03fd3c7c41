/** Names of the picture in place of ARNs; what is below a resource (an object's key) stays. */
export function openNames({ nodes }) {
  const byArn = nodes.flatMap(({ name, arns }) => arns.map((arn) => [arn, name]));
  return (resource = '') => {
    const [arn, name] = byArn.find(([known]) => resource === known || resource.startsWith(`${known}/`)) ?? [];
    return arn ? name + resource.slice(arn.length) : resource.replace(/^arn:aws:[^:]*:[^:]*:[^:]*:/, '');
  };
}
