using System.Runtime.CompilerServices;

namespace RadiogenomicsCloud.Tests;

/// <summary>A proof that takes minutes: left out by <c>dotnet test</c>, run by <c>dotnet test -- --explicit only</c> and in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Explicit = true;
}
