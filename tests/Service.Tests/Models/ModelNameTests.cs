using RadiogenomicsCloud.Service.Models;

namespace RadiogenomicsCloud.Service.Tests.Models;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("sts-lung-metastasis")]
    [InlineData("a")]
    [InlineData("0-9")]
    public void A_safe_name_stays(string study) => Assert.Equal(study, ModelName.Of(study));

    [Theory]
    [InlineData("Glioma IDH (2026)", "glioma-idh-2026-")]
    [InlineData("../../etc", "etc-")]
    [InlineData("<script>alert(1)</script>", "script-alert-1-script-")]
    [InlineData("", "model-")]
    [InlineData("日本", "model-")]
    [InlineData("-x", "x-")]
    [InlineData("a_b", "a-b-")]
    public void Any_other_is_made_safe_and_gets_its_hash(string study, string begin)
    {
        var name = ModelName.Of(study);
        Assert.StartsWith(begin, name, StringComparison.Ordinal);
        Assert.Equal(begin.Length + 8, name.Length);
        Assert.True(ModelName.IsValid(name));
    }

    [Fact]
    public void Long_names_fit_and_stay_apart()
    {
        var names = new[] { new string('a', 200), new string('a', 201), new string('-', 90), "A", "a ", "a" }.Select(ModelName.Of).ToList();
        Assert.All(names, name => Assert.True(ModelName.IsValid(name)));
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("ann@example.org", true)]
    [InlineData("Ann@Example.org", true)]
    [InlineData("bob@clinic.example", true)]
    [InlineData("bob@clinic.example.evil.example", false)]
    [InlineData("DOMAIN\\eve", true)]
    [InlineData("DOMAIN/eve", false)]
    [InlineData("mallory", false)]
    [InlineData("*", false)]
    public void Who_may_lock_is_a_person_or_a_pattern(string who, bool allowed) =>
        Assert.Equal(allowed, new RegistrySettings(["ann@example.org", "*@clinic.example", "DOMAIN\\*"]).Allows(who));

    [Fact]
    public void Nobody_may_where_nobody_is_named() => Assert.False(new RegistrySettings([]).Allows("ann@example.org"));
}
