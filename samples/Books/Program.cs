using System.Diagnostics;

// Usage: ./clew in one terminal, dotnet run --project samples/Books in another, then: curl http://localhost:5000/caller/7
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.AddClewTracing();
builder.Services.AddHttpClient();
WebApplication app = builder.Build();

using var source = new ActivitySource("Books");

app.MapGet("/books/{id:int}", (int id, ILogger<Program> log) =>
{
    if (id == 13)
        throw new InvalidOperationException("The book is cursed.");
    // A span by hand, around what no library knows of.
    using (Activity? look = source.StartActivity("look on the shelf"))
        look?.SetTag("book.shelf", $"{(char)('A' + (id % 26))}");
    log.LogWarning("Book {Id} is the last one", id);
    return new Book(id, $"Volume {id}");
});

// Calls itself, as one service calls another.
app.MapGet("/caller/{id:int}", async (int id, HttpContext context, HttpClient client) =>
    await client.GetFromJsonAsync<Book>($"{context.Request.Scheme}://{context.Request.Host}/books/{id}"));

await app.RunAsync();

internal sealed record Book(int Id, string Title);
