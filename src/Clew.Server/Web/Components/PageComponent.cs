using Microsoft.AspNetCore.Components;

namespace Clew.Server.Web;

/// <summary>A part of a page: knows the request through the context its page cascades.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter]
    public PageContext Page { get; set; } = null!;

    protected Texts T => Page.Text;
}
