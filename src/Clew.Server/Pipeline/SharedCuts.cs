namespace Clew.Server.Pipeline;

/// <summary>The resources and scopes of a batch that were shortened; nearly always none.</summary>
internal struct SharedCuts
{
    private HashSet<int>? resources;
    private HashSet<int>? scopes;

    public void AddResource(int index) => (resources ??= []).Add(index);

    public void AddScope(int index) => (scopes ??= []).Add(index);

    public readonly bool Touch(int resource, int scope) =>
        resources?.Contains(resource) == true || scopes?.Contains(scope) == true;
}
