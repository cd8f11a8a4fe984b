using Microsoft.AspNetCore.Components;

namespace Clew.Server.Web;

/// <summary>A whole page: gets the context as a parameter from <see cref="PageResult{TPage}"/>; its shell hands it on to all parts.</summary>
public abstract class PageRoot<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public PageContext Context { get; set; } = null!;

    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    protected Texts T => Context.Text;
}
